import { describe, expect, it } from 'vitest';
import { Filtering, readQuery, type FilteredEvent } from '../../engine/filter.ts';
import { JsonlReader } from '../../engine/trace/jsonl/jsonl-reader.ts';

const TRACE = `{"section":1}
{"machine":{"cpus":2,"hostname":"web-1"}}
{"process":{"tid":7,"pid":7,"ptid":1,"comm":"sh","exe":"sh"}}
{"process":{"tid":8,"pid":8,"ptid":7,"comm":"cat","exe":"cat"}}
{"num":1,"time":1700000000000000001,"tid":7,"cpu":0,"type":"SYSCALL_CLOSE_X","params":{"res":0,"fd":3}}
{"num":2,"time":1700000000000000002,"tid":8,"cpu":0,"type":"SYSCALL_CLOSE_X","params":{"res":0,"fd":4}}
{"num":3,"time":1700000000000000003,"tid":8,"cpu":0,"type":"SYSCALL_DUP_1_X","params":{"res":5,"oldfd":4}}
{"num":4,"time":1700000000000000004,"tid":9,"cpu":0,"type":"SYSCALL_CLOSE_X","params":{"res":0,"fd":3}}
`;

function filter(condition: string, fields: readonly string[] = []): FilteredEvent[] {
  const { query, diagnostics } = readQuery(condition, fields);
  if (query === undefined) throw new Error(diagnostics.map(({ message }) => message).join());
  const events: FilteredEvent[] = [];
  const filtering = new Filtering(query, { onEvent: (event) => events.push(event) });
  const reader = new JsonlReader(filtering);
  reader.push(new TextEncoder().encode(TRACE));
  reader.end();
  expect(reader.diagnostics).toEqual([]);
  expect(filtering.matched).toBe(events.length);
  return events;
}

describe('filter', () => {
  it.each([
    ['evt.type = close', [1, 2, 4]],
    ['evt.type = close and proc.name = cat', [2]],
    ['proc.pname = sh', [2, 3]],
    ['not proc.name in (sh, cat)', [4]],
    ['evt.num > 2', [3, 4]],
    ['evt.type = open', []],
  ])('finds for %s the events %j', (condition, numbers) => {
    expect(filter(condition).map(({ number }) => number)).toEqual(numbers);
  });

  it('shows the fields that are asked for, typed and as text', () => {
    const [first, last] = filter('evt.type = close and not proc.name = sh', [
      'proc.pid',
      'toupper(proc.name)',
      'fd.sip',
    ]);
    expect([...(first?.values ?? [])]).toEqual([
      ['proc.pid', 8],
      ['toupper(proc.name)', 'CAT'],
      ['fd.sip', null],
    ]);
    expect(first?.texts.get('fd.sip')).toBe('<NA>');
    expect(last?.number).toBe(4);
  });

  it('says of a field that no trace carries that it never has a value', () => {
    const { query, diagnostics } = readQuery('evt.type = close and k8smeta.pod.name = x');
    expect(query).toBeDefined();
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['LINT_NOT_IN_TRACES', 'lint']]);
  });

  it.each([
    ['proc.nam = cat', [], 'filter_check called with nonexistent field proc.nam'],
    ['proc.name', [], 'expected a valid check operator'],
    ['a_macro', [], "filter error: unexpected identifier 'a_macro'"],
    ['evt.num > 0', ['proc.nam'], 'filter_check called with nonexistent field proc.nam'],
    ['evt.num > 0', ['proc.name proc.pid'], "'proc.name proc.pid' is more than one field"],
  ])('refuses %s with fields %j', (condition, fields, message) => {
    const { query, diagnostics } = readQuery(condition, fields);
    expect(query).toBeUndefined();
    expect(diagnostics.map((diagnostic) => diagnostic.message)).toEqual([expect.stringContaining(message)]);
    expect(diagnostics[0]?.span).toBeDefined();
  });
});
