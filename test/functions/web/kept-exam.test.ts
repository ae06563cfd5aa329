import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepExams, keptExams, type KeptExams } from '../../../functions/web/page/practice/kept-exam.ts';

const LATEST = {
  seed: '7',
  tasks: ['change-rules/more-shells'],
  minutes: 10,
  startedAt: 1_000,
  files: { 'change-rules/more-shells': [['/etc/falco/falco.yaml', 'a: 1']] },
} as const;
const PAST = { seed: '6', tasks: 1, startedAt: 500, usedMs: 60_000, percent: 66.7, passed: true };

describe('exams that are kept in the browser', () => {
  let store: Map<string, string>;
  beforeEach(() => {
    store = new Map();
    const getItem = (key: string): string | null => store.get(key) ?? null;
    vi.stubGlobal('localStorage', { getItem, setItem: (key: string, text: string) => store.set(key, text) });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are there again as they were', () => {
    const exams: KeptExams = { latest: LATEST, past: [PAST] };
    keepExams(exams);
    expect(keptExams()).toEqual(exams);
  });

  it('are none at first', () => {
    expect(keptExams()).toEqual({ latest: undefined, past: [] });
  });

  it('lose what was written before they lose that an exam is sat', () => {
    const long = [['/root/long', 'x'.repeat(2_000_000)]] as const;
    keepExams({ latest: { ...LATEST, files: { 'change-rules/more-shells': long } }, past: [PAST] });
    expect(keptExams()).toEqual({ latest: { ...LATEST, files: {} }, past: [PAST] });
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no tasks', JSON.stringify({ latest: { ...LATEST, tasks: [] } })],
    ['tasks that are no names', JSON.stringify({ latest: { ...LATEST, tasks: [7] } })],
    ['a beginning that is no time', JSON.stringify({ latest: { ...LATEST, startedAt: 'now' } })],
    ['files that are none', JSON.stringify({ latest: { ...LATEST, files: { a: [[1, 2]] } } })],
    ['a result without points', JSON.stringify({ past: [{ ...PAST, percent: null }] })],
  ])('are not taken from %s', (_, text) => {
    store.set('creance-exam', text);
    expect(keptExams()).toEqual({ latest: undefined, past: [] });
  });
});
