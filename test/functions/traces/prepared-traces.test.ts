import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MIN_PREPARED_TRACE_BYTES } from '../../../engine/model/limits.ts';
import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';
import { LOCAL_ACCESS } from '../../../functions/http/access/local-access.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { Suite } from '../../../functions/runs/suite.ts';
import { suiteVerification } from '../../../functions/runs/suite-verification.ts';
import { startEmbeddedS3, type EmbeddedS3 } from '../../../functions/store/embedded-s3.ts';
import { KEYS } from '../../../functions/store/keys.ts';
import { ObjectStore } from '../../../functions/store/object-store.ts';
import type { TraceManifest } from '../../../functions/store/trace-manifest.ts';
import { TraceStore } from '../../../functions/store/trace-store.ts';
import { InProcessIndexing } from '../../../functions/traces/in-process.ts';
import { TraceIndexer } from '../../../functions/traces/indexer.ts';
import { PREPARED_ENGINE } from '../../../functions/traces/prepared-engine.ts';
import { PreparedTraces } from '../../../functions/traces/prepared-traces.ts';

const STORY = `story: Shells
containers: { web: { image: nginx } }
actors: { nginx: { in: web, runs: nginx } }
steps:
  - nginx opens: /var/log/app/some.log
    repeat: 4000
  - nginx runs: sh -c id
  - nginx opens: /etc/shadow
`;
const PLAIN = `- {rule: Opened, desc: d, priority: WARNING, condition: evt.type = openat and fd.name = /etc/shadow, output: "%evt.num %fd.name %evt.args %container.id"}
- {rule: Image, desc: d, priority: INFO, condition: evt.type = openat and fd.sip.name = other, output: "%evt.num"}`;
const MORE = `- {rule: Closed, desc: d, priority: INFO, condition: evt.type = close and proc.vmsize >= 0, output: "%evt.num %fd.name"}`;
const COUNTING = '- {rule: Count, desc: d, priority: INFO, condition: evt.type = openat and util.cnt > 4, output: o}';
const NOW = Date.parse('2026-03-01T00:00:00Z');

describe('a stored trace', () => {
  const directory = mkdtempSync(join(tmpdir(), 'creance-prepared-'));
  let embedded: EmbeddedS3;
  let objects: ObjectStore;
  let bytes: Uint8Array<ArrayBuffer>;
  let tenant = '';
  let tenants = 0;

  beforeAll(async () => {
    embedded = await startEmbeddedS3(directory);
    objects = new ObjectStore(embedded.settings);
    const chunks: Uint8Array[] = [];
    simulate(new Source('story', STORY), 'scap', (chunk) => void chunks.push(chunk.slice()));
    bytes = new Uint8Array(Buffer.concat(chunks));
  });
  afterAll(async () => {
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => void (tenant = `t${tenants++}`));

  async function keep(data: Uint8Array = bytes): Promise<TraceManifest> {
    const createdAt = new Date(NOW).toISOString();
    const stored = await new TraceStore(objects, tenant).create({ name: 'a.scap', chunks: only(data), createdAt });
    if ('refused' in stored) throw new Error(stored.refused.message);
    await new TraceIndexer(objects, tenant, () => NOW).run({ trace: stored.manifest.id, segment: 1 });
    return stored.manifest;
  }

  async function names(prefix: string): Promise<string[]> {
    const all: string[] = [];
    for await (const { key } of objects.list(prefix)) all.push(key.slice(prefix.length));
    return all;
  }

  const forms = (id: string): Promise<string[]> => names(KEYS.prepared(tenant, id));

  /** The answer to a detection, and what was handed over to be made in the background. */
  async function detect(id: string, rules: string, more: object = {}): Promise<{ text: string; handed: number[] }> {
    const handed: number[] = [];
    const app = createApp({
      access: { ...LOCAL_ACCESS, admit: async () => ({ tenant, scopes: ['read'], token: undefined }) },
      site: { file: async () => undefined },
      openStore: () => objects,
      now: () => NOW,
      dispatch: async () => {},
      indexing: async (tasks) => void handed.push(...tasks.map(({ segment }) => segment)),
    });
    const body = JSON.stringify({ trace: id, rules: [{ name: 'r.yaml', text: rules }], ...more });
    const headers = { 'content-type': 'application/json', accept: 'application/x-ndjson' };
    const answer = await app.fetch(new Request('http://127.0.0.1/v1/detect', { method: 'POST', headers, body }));
    return { text: await answer.text(), handed };
  }

  const make = async (manifest: TraceManifest): Promise<void> =>
    new PreparedTraces(objects, tenant, () => NOW).make(manifest);

  it('is prepared once it is indexed, and answers the same bytes by its form', async () => {
    const { id } = await keep();
    expect(await forms(id)).toEqual([`${PREPARED_ENGINE}/00000.form`]);
    const judged = await detect(id, PLAIN);
    expect(judged.handed).toEqual([]);
    await objects.delete(`${KEYS.prepared(tenant, id)}${PREPARED_ENGINE}/00000.form`);
    const run = await detect(id, PLAIN);
    expect(run.handed).toEqual([0]);
    expect(judged.text).toBe(run.text);
    expect(judged.text.split('\n').length).toBeGreaterThan(1);
    expect(judged.text).toContain('Opened');
    expect(judged.text).toContain('undecidable');
  });

  it('is run, and its form made wider, when rules ask for what the form lacks', async () => {
    const manifest = await keep();
    const first = await detect(manifest.id, MORE);
    expect(first.handed).toEqual([0]);
    await make(manifest);
    expect(await forms(manifest.id)).toEqual([`${PREPARED_ENGINE}/00001.form`]);
    const second = await detect(manifest.id, MORE);
    expect(second).toEqual({ ...first, handed: [] });
  });

  it('is run for rules that no form can answer, for names of addresses and for buffers in base64', async () => {
    const { id } = await keep();
    expect((await detect(id, COUNTING)).handed).toEqual([]);
    const plain = await detect(id, PLAIN);
    const named = await detect(id, PLAIN, { hosts: '203.0.113.1 somewhere' });
    expect(plain.text).toContain('Opened');
    expect(named.text).toContain('Opened');
    expect(await names(KEYS.wants(tenant))).toEqual([]);
  });

  it('is run when its form is damaged, which then goes', async () => {
    const { id } = await keep();
    const good = await detect(id, PLAIN);
    const other = await keep(new Uint8Array(gzipSync(bytes, { level: 0 })));
    const key = `${KEYS.prepared(tenant, other.id)}${PREPARED_ENGINE}/00000.form`;
    const form = new Uint8Array(await new Response(await objects.read(key)).arrayBuffer());
    form[form.length >> 1] = (form[form.length >> 1] as number) ^ 1;
    await objects.delete(key);
    await objects.create(key, form, 'application/octet-stream');
    const answer = await detect(other.id, PLAIN);
    expect(answer).toEqual({ text: good.text, handed: [0] });
    expect(await forms(other.id)).toEqual([]);
    await make(other);
    expect(await detect(other.id, PLAIN)).toEqual(good);
  });

  it('is not judged by the form of another trace, nor of another engine, which goes when a new one is made', async () => {
    const manifest = await keep();
    const other = await keep(new Uint8Array(gzipSync(bytes, { level: 0 })));
    const [mine, theirs] = [manifest.id, other.id].map(
      (id) => `${KEYS.prepared(tenant, id)}${PREPARED_ENGINE}/00000.form`,
    ) as [string, string];
    await objects.delete(mine);
    await objects.copy(theirs, mine);
    expect(await new PreparedTraces(objects, tenant, () => NOW).open(manifest)).toBeUndefined();
    await objects.create(`${KEYS.prepared(tenant, manifest.id)}1-0.0.1-old/00000.form`, 'old', 'text/plain');
    await make(manifest);
    expect(await forms(manifest.id)).toEqual([`${PREPARED_ENGINE}/00000.form`]);
  });

  it('has no form when it is small or damaged, and loses it when it goes', async () => {
    const small = bytes.subarray(0, MIN_PREPARED_TRACE_BYTES >> 1);
    expect(await forms((await keep(small)).id)).toEqual([]);
    const cut = await keep(bytes.subarray(0, bytes.length - 5));
    expect(await forms(cut.id)).toEqual([`${PREPARED_ENGINE}/00000.none`]);
    const { id } = await keep();
    expect(await new TraceStore(objects, tenant).delete(id)).toContain(`prepared/${PREPARED_ENGINE}/00000.form`);
    expect(await forms(id)).toEqual([]);
  });

  it('gives a suite the same results by its form', async () => {
    const { id } = await keep();
    const traces = new TraceStore(objects, tenant);
    const suite: Suite = {
      format: 1,
      files: [
        {
          name: 'a.test.yaml',
          text: 'rules: [r.yaml]\ntests:\n  - {name: one, trace: a.scap, expect: [{alert: Opened}]}\n  - {name: two, trace: a.scap, expect: [{alert: Image}]}\n',
        },
        { name: 'r.yaml', text: PLAIN },
      ],
      traces: { 'a.scap': id },
    };
    const prepared = new PreparedTraces(objects, tenant, () => NOW);
    const [run, judged] = [undefined, prepared].map((by) =>
      suiteVerification(suite, undefined, { traces, prepared: by }),
    );
    for (const number of [0, 1]) expect(await judged!.run(number)).toEqual(await run!.run(number));
    expect((await judged!.run(0))[0]?.status).toBe('passed');
  });

  it('is indexed and prepared in the background of a service on Node', async () => {
    const createdAt = new Date(NOW).toISOString();
    const stored = await new TraceStore(objects, tenant).create({ name: 'b.scap', chunks: only(bytes), createdAt });
    if ('refused' in stored) throw new Error(stored.refused.message);
    const indexing = new InProcessIndexing(objects, () => NOW);
    await indexing.dispatch([{ tenant, trace: stored.manifest.id, segment: 1 }]);
    await indexing.settled();
    expect(await forms(stored.manifest.id)).toEqual([`${PREPARED_ENGINE}/00000.form`]);
  });
});

async function* only(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
  yield chunk;
}
