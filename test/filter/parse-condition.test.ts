import { describe, expect, it } from 'vitest';
import { parserPosition } from '../../engine/filter/condition-span.ts';
import { ConditionText } from '../../engine/filter/condition-text.ts';
import { parseCondition, parseOperand } from '../../engine/filter/parse-condition.ts';
import { printExpression, printOperand } from '../../engine/filter/print.ts';
import { MAX_CONDITION_DEPTH } from '../../engine/model/limits.ts';
import { conditionCases } from './condition-cases.ts';

const cases = conditionCases();

describe('parseCondition', () => {
  it.each(cases.filter(({ prints }) => prints !== undefined))('reads $condition', ({ condition, prints }) => {
    const { expression, failure } = parseCondition(ConditionText.ofText(condition));
    expect(failure?.message).toBeUndefined();
    expect(printExpression(expression!)).toBe(prints);
  });

  it.each(cases.filter(({ refused }) => refused !== undefined))(
    'refuses $condition',
    ({ condition, refused, at, hint }) => {
      const { failure } = parseCondition(ConditionText.ofText(condition));
      expect(failure?.message).toBe(refused);
      expect(failure?.stop).toBe(at);
      expect(failure?.hint).toBe(hint);
    },
  );

  it('ends at a vertical tab or form feed inside a bare value, which are no blanks either', () => {
    for (const space of ['\v', '\f']) {
      const { failure } = parseCondition(ConditionText.ofText(`proc.name=a${space}b`));
      expect(failure?.message).toBe("unexpected token after 'a', expecting 'or', 'and'");
    }
  });

  it('gives every node its exact place', () => {
    const condition = '  a.b = "x y"  and not (c.d in (1, 2) or m)  ';
    const { expression } = parseCondition(ConditionText.ofText(condition));
    const places: string[] = [];
    const note = (node: { span: { start: number; end: number } }) =>
      places.push(condition.slice(node.span.start, node.span.end));
    if (expression?.kind !== 'and') throw new Error('not a chain');
    note(expression);
    const [check, not] = expression.children;
    note(check!);
    if (check?.kind === 'check') [check.left, check.right!].forEach(note);
    note(not!);
    if (not?.kind === 'not' && not.child.kind === 'or') [not.child, ...not.child.children].forEach(note);
    expect(places).toEqual([
      'a.b = "x y"  and not (c.d in (1, 2) or m)',
      'a.b = "x y"',
      'a.b',
      '"x y"',
      'not (c.d in (1, 2) or m)',
      'c.d in (1, 2) or m',
      'c.d in (1, 2)',
      'm',
    ]);
  });

  it("counts lines as Falco's parser does: from one, at each \\r and \\n", () => {
    const text = ConditionText.ofText('a and\r\n  b =');
    expect(parserPosition(text, 9)).toEqual({ index: 9, line: 3, column: 3 });
  });

  it('reads three thousand parentheses and refuses more than the limit', () => {
    const nested = (depth: number) => ConditionText.ofText(`${'not ('.repeat(depth)}a or b${')'.repeat(depth)}`);
    expect(parseCondition(nested(3000)).failure).toBeUndefined();
    expect(parseCondition(nested(MAX_CONDITION_DEPTH)).failure).toBeUndefined();
    expect(parseCondition(nested(MAX_CONDITION_DEPTH + 1)).failure?.code).toBe('LIMIT_CONDITION_DEPTH');
    expect(parseCondition(nested(10_000)).failure?.code).toBe('LIMIT_CONDITION_DEPTH');
  });

  it('refuses transformers nested without end', () => {
    const text = ConditionText.ofText(`${'tolower('.repeat(50_000)}proc.name`);
    expect(parseCondition(text).failure?.code).toBe('LIMIT_TRANSFORMER_DEPTH');
  });

  it('refuses more parts than it may make', () => {
    const text = ConditionText.ofText(`proc.pid in (${Array(100).fill('1').join(', ')})`);
    expect(parseCondition(text, 50).failure?.code).toBe('LIMIT_CONDITION_NODES');
    expect(parseCondition(text, 200).failure).toBeUndefined();
  });
});

describe('parseOperand', () => {
  it.each([
    ['proc.name and more', 0, undefined, 'proc.name', 9],
    ['%proc.aname[2]x', 1, undefined, 'proc.aname[2]', 14],
    ['%proc.namex', 1, 10, 'proc.name', 10],
    ['toupper( proc.name )!', 0, undefined, 'toupper(proc.name)', 20],
  ])('reads the operand of %j from %d', (text, from, to, prints, end) => {
    const result = parseOperand(ConditionText.ofText(text), from, to);
    expect(result.operand && printOperand(result.operand)).toBe(prints);
    expect(result.operand && result.end).toBe(end);
  });

  it.each([
    [' x', "unexpected token after '"],
    ['proc.env[', 'expected a valid field argument: a quoted string or a bare string'],
    ['val(proc.name)', "unexpected token after '"],
  ])('refuses %j', (text, message) => {
    expect(parseOperand(ConditionText.ofText(text)).failure?.message).toBe(message);
  });
});
