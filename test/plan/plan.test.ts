import { describe, expect, it } from 'vitest';
import type { Condition } from '../../engine/compare/condition.ts';
import { EVENT_TYPES, eventCode } from '../../engine/model/event-types.ts';
import { planOf } from '../../engine/plan/plan.ts';
import { checked } from '../compare/compare-cases.ts';

function condition(text: string): Condition {
  const { condition: tree, diagnostics } = checked(text);
  if (tree === undefined) throw new Error(diagnostics[0]?.message);
  return tree;
}

function plan(...texts: readonly string[]) {
  return planOf(texts.map((text) => ({ condition: condition(text), eventCodes: undefined })));
}

/** Events that carry a name of their own, which the type does not tell. */
const OWN_NAMES: ReadonlySet<string> = new Set(['syscall', 'asyncevent']);

function wanted(...texts: readonly string[]): string[] {
  const { wantedTypes } = plan(...texts);
  const names = EVENT_TYPES.filter(({ code }) => wantedTypes[code] === 1).map(({ name }) => name);
  return [...new Set(names)].filter((name) => !OWN_NAMES.has(name)).sort();
}

describe('a plan', () => {
  it.each([
    ['evt.type = open', ['open']],
    ['evt.type in (open, close) and proc.name = cat', ['close', 'open']],
    ['not evt.type != open', ['open']],
    ['not (evt.type != open and evt.type != close)', ['close', 'open']],
    ['evt.type = open and evt.type = close', []],
    ['evt.type = open and not evt.type = open', []],
    ['evt.type = open and proc.name = cat and not proc.name = cat', []],
    ['evt.type = open or (evt.type = close and evt.type = dup)', ['open']],
  ])('wants for %s the event types %j', (text, names) => expect(wanted(text)).toEqual(names));

  it('wants what any rule wants', () => {
    expect(wanted('evt.type = open', 'evt.type = close')).toEqual(['close', 'open']);
  });

  it('tries a rule only on the event codes that it names, however it would decide', () => {
    const codes = new Set([eventCode('SYSCALL_CLOSE_X')]);
    const { wantedTypes } = planOf([{ condition: condition('proc.name exists'), eventCodes: codes }]);
    expect(EVENT_TYPES.filter(({ code }) => wantedTypes[code] === 1).map(({ code }) => code)).toEqual([...codes]);
  });

  it('leaves of a condition only what the event type does not decide', () => {
    const made = plan('evt.type in (open, openat) and proc.name = cat', 'evt.type = close and proc.name = cat');
    const open = made.program(eventCode('SYSCALL_OPEN_X'));
    const close = made.program(eventCode('SYSCALL_CLOSE_X'));
    expect(open.rules).toEqual([0]);
    expect(close.rules).toEqual([1]);
    expect(open.roots).toEqual(close.roots);
    expect(made.graph.leaves[(open.roots[0] as number) >> 1]?.key).toBe('proc.name = cat');
  });

  it('shares equal parts, negated or not, and wherever they are written', () => {
    const made = plan(
      'evt.type = open and (proc.name = cat or proc.name = dog) and proc.pid = 1',
      'proc.pid = 1 and not (not proc.name = dog and not proc.name = cat) and evt.type = open',
    );
    const [first, second] = made.program(eventCode('SYSCALL_OPEN_X')).roots;
    expect(first).toBe(second);
  });

  it('gathers the parts about one thing, so that one verdict stands for them', () => {
    const made = plan(
      'evt.type = openat and proc.name = a and fd.name = b and not (proc.pid = 3 or fd.name = c) and evt.num > 1',
    );
    const root = made.program(eventCode('SYSCALL_OPENAT_2_X')).roots[0] as number;
    const subjects = made.graph.children[root >> 1]?.map((part) => made.graph.subjectOf(part)).sort();
    expect(subjects).toEqual(['event', 'text:file', 'thread']);
  });
});
