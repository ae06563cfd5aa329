import { describe, expect, it } from 'vitest';
import { captureBytes, SMALL_CAPTURES } from '../../conformance/small-captures.ts';
import { describeConformance } from '../../conformance/data.ts';
import { STORIES, tellingsOf, traceOf } from '../../stories.ts';
import { converted } from './converted.ts';
import { creanceRows } from './rows.ts';

/** Names of events that come back as those of an older type; see README.md of the writer. */
const TWINS = new Map([
  ['dup2', 'dup'],
  ['dup3', 'dup'],
  ['umount2', 'umount'],
  ['pipe2', 'pipe'],
  ['eventfd2', 'eventfd'],
  ['signalfd4', 'signalfd'],
  ['inotify_init1', 'inotify_init'],
]);

const FIELDS = [
  'evt.type',
  'evt.args',
  'fd.num',
  'fd.name',
  'fd.directory',
  'evt.rawtime',
  'thread.tid',
  'proc.pid',
  'proc.ppid',
  'proc.name',
  'proc.exepath',
  'proc.cmdline',
  'proc.cwd',
  'proc.sid',
  'thread.cap_effective',
  'user.uid',
  'user.loginuid',
  'container.id',
  'container.name',
  'container.image',
];
/** Fields that are about the event itself, not about who did it. */
const OWN_FIELDS = 5;

/** What `--compat` may change in an event: its type and arguments, if it has none that old readers know. */
function expectSame(before: string[][], after: string[][]): void {
  expect(after.length).toBe(before.length);
  before.forEach((row, i) => {
    const back = after[i] as string[];
    const type = row[0] as string;
    const isReplaced = back[1] === '' && row[1] !== '';
    const isAnother = isReplaced || TWINS.has(type) || type === 'container';
    expect(back[0]).toBe(TWINS.get(type) ?? type);
    expect(back.slice(OWN_FIELDS)).toEqual(row.slice(OWN_FIELDS));
    if (!isReplaced) expect(back.slice(2, OWN_FIELDS)).toEqual(row.slice(2, OWN_FIELDS));
    if (!isAnother) expect(plain(back[1])).toBe(plain(row[1]));
  });
}

/**
 * Arguments without the letters that say of which kind an open file is, since younger kinds have none, and without those
 * of a program's start that recorders before 2018 did not give.
 */
function plain(args = ''): string {
  return args
    .replaceAll(/ (tty|vpgid|loginuid|flags)=(<NA>|0|-1\(<NONE>\))/g, '')
    .replaceAll(/<[a-zA-Z0-9]{1,2}>|:[a-zA-Z]\d+/g, '');
}

describe('a capture for old readers, read by Creance', () => {
  it.each(STORIES)('%s: tells the same events', (story) => {
    const tellings = tellingsOf(story);
    expect(tellings.length).toBeGreaterThan(0);
    for (const telling of tellings) {
      const before = creanceRows(traceOf(telling, 'scap'), FIELDS);
      expectSame(before, creanceRows(traceOf(telling, 'compat'), FIELDS));
    }
  });
});

describeConformance('a recording converted for old readers, read by Creance', () => {
  it.each(SMALL_CAPTURES)('%s: tells the same events', (name) => {
    const trace = captureBytes(name);
    expectSame(creanceRows(trace, FIELDS), creanceRows(converted(trace, 'compat'), FIELDS));
  });
});
