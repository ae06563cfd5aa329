import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchCgroup } from '../../engine/state/container-engines.ts';
import { readContainer } from '../../engine/state/container-record.ts';
import { createSystem } from '../../engine/state/system.ts';
import { begin, eventOf, type EventWords } from './story.ts';

const cases = JSON.parse(readFileSync(new URL('../cases/state/cgroups.json', import.meta.url), 'utf8')) as {
  hex: string;
  paths: [path: string, id: string | null, type: string | null][];
};
const inFull = (path: string): string => path.replace('HEX', cases.hex);

describe("a control group's path", () => {
  it.each(cases.paths)('%s is of container %s (%s)', (path, id, type) => {
    const match = matchCgroup(inFull(path));
    expect([match?.id ?? null, match?.type ?? null]).toEqual([id, type]);
  });

  it('is looked through in linear time, whatever it is', () => {
    const long = '/a.b-c_d'.repeat(20_000);
    expect(matchCgroup(long)?.id).toBe('a.b-c_d');
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'/a-._:\\x2lxc') }), (path) => void matchCgroup(path)));
  });
});

describe('the JSON of a container', () => {
  const read = (container: unknown) => readContainer(JSON.stringify({ container }));

  it('is taken with all its keys, texts as bytes', () => {
    const found = readContainer(
      '{"container":{"id":"0123456789ab","full_id":"0123","type":0,"name":"caf\xc3\xa9 \\u00e9","labels":{"a":"b"}}}',
    );
    expect(found).toMatchObject({ id: '0123456789ab', fullId: '0123', type: 'docker' });
    expect(found?.record).toMatchObject({ name: 'caf\xc3\xa9 \xc3\xa9', labels: { a: 'b' } });
  });

  it.each([
    ['nothing', 'x'],
    ['no JSON', '{"container":'],
    ['no container', '{"id":"x"}'],
    ['no UTF-8', '{"container":{"id":"\xff"}}'],
    ['a list', '[]'],
  ])('is dropped if it is %s', (_, json) => {
    expect(readContainer(json)).toBeUndefined();
  });

  it.each([
    [{ name: null }],
    [{ privileged: 'yes' }],
    [{ type: '0' }],
    [{ labels: { a: 1 } }],
    [{ Mounts: [{ Source: 1 }] }],
    [{ cpu_quota: '7' }],
    [{ LivenessProbe: null }],
  ])('is dropped whole for a key of the wrong kind: %j', (container) => {
    expect(read({ id: 'x', ...container })).toBeUndefined();
  });

  it.each([
    [{ env: null }],
    [{ labels: null }],
    [{ Mounts: null }],
    [{ port_mappings: null }],
    [{ cpu_quota: true }],
    [{ unheardOf: {} }],
  ])('may have what old writers wrote: %j', (container) => {
    expect(read({ id: 'x', ...container })?.id).toBe('x');
  });

  it('is bounded in size and depth', () => {
    const deep = `{"container":{"id":"x","k":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`;
    expect(readContainer(deep)?.id).toBe('x');
    expect(read({ id: 'x', name: 'y'.repeat(2_000_000) })).toBeUndefined();
  });
});

describe('news about containers', () => {
  const json = (id: string, more = {}) =>
    JSON.stringify({ container: { id, name: `name of ${id}`, type: 7, ...more } });
  const news = (name: string, id: string): EventWords => [
    'ASYNCEVENT_E',
    1,
    [0, name, new TextEncoder().encode(json(id))],
  ];

  function after(...events: EventWords[]) {
    const system = createSystem();
    begin(system, [{ tid: 100, cgroups: [`cpu=/docker/${cases.hex}`] }]);
    const seen = events.map((words, index) => {
      const { visible, container } = system.apply(eventOf(words, BigInt(index + 1), index + 1));
      return [visible, container?.id];
    });
    return { system, seen };
  }
  const call: EventWords = ['GENERIC_X', 100, [0, 0]];

  it('at the head of a trace is not shown to rules, later it is', () => {
    const { seen } = after(
      ['CONTAINER_JSON_2_E', -1, [json('aaa')]],
      call,
      ['CONTAINER_JSON_2_E', -1, [json('bbb')]],
      call,
    );
    expect(seen).toEqual([
      [false, 'aaa'],
      [true, undefined],
      [true, 'bbb'],
      [true, undefined],
    ]);
  });

  it('is known until the container is removed', () => {
    const { system } = after(
      call,
      news('container', 'aaa'),
      news('container', 'bbb'),
      news('container_removed', 'aaa'),
    );
    expect(system.containers.get('aaa')).toBeUndefined();
    expect(system.containers.get('bbb')).toMatchObject({ type: 'containerd', record: { name: 'name of bbb' } });
  });

  it('of another plugin says nothing', () => {
    const { system } = after(call, ['ASYNCEVENT_E', 1, [5, 'container', new TextEncoder().encode(json('aaa'))]]);
    expect(system.containers.get('aaa')).toBeUndefined();
  });

  it('gives a thread its container by id, and the host is always known', () => {
    const { system, seen } = after(call, news('container', cases.hex.slice(0, 12)), call);
    expect(seen).toEqual([
      [true, undefined],
      [true, cases.hex.slice(0, 12)],
      [true, cases.hex.slice(0, 12)],
    ]);
    expect(system.containers.get('')).toMatchObject({ id: 'host', fullId: 'host', type: 'host' });
  });

  it('raises the floor of all verdicts', () => {
    const { system } = after(call);
    const thread = system.threads.get(100);
    const before = system.lineStamp(thread!);
    system.apply(eventOf(news('container', 'zzz'), 9n, 9));
    expect(system.lineStamp(thread!)).toBeGreaterThan(before);
  });
});
