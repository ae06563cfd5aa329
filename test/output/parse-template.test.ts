import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { fieldOf, isProblem } from '../../engine/fields/transform.ts';
import { ConditionText } from '../../engine/filter/condition-text.ts';
import { parseOperand } from '../../engine/filter/parse-condition.ts';
import { toUnicode } from '../../engine/model/byte-string.ts';
import { fieldAt } from '../../engine/output/field-at.ts';
import { parseTemplate } from '../../engine/output/parse-template.ts';
import { jsonObject, jsonText } from '../../engine/output/json-text.ts';
import { renderFields, renderText } from '../../engine/output/render-alert.ts';
import { opening } from './opening.ts';

/** An output and what becomes of it. */
interface TemplateCase {
  readonly format: string;
  readonly text?: string;
  readonly fields?: string;
  readonly problem?: string;
  readonly hint?: string;
  /** The stretch that the problem is about. */
  readonly at?: string;
}

const cases = load(
  readFileSync(new URL('../cases/output/templates.yaml', import.meta.url), 'utf8'),
) as readonly TemplateCase[];

describe('an output', () => {
  it.each(cases.filter(({ problem }) => problem === undefined))('$format', ({ format, text, fields }) => {
    const { template } = parseTemplate(ConditionText.ofText(format));
    if (template === undefined) throw new Error('refused');
    const moment = opening();
    expect(toUnicode(renderText(template, moment))).toBe(text);
    if (fields === undefined) return;
    expect(jsonObject([...renderFields(template, moment)].map(([key, value]) => [key, jsonText(value)]))).toBe(fields);
  });

  it.each(cases.filter(({ problem }) => problem !== undefined))('refused: $format', ({ format, problem, hint, at }) => {
    const refusal = parseTemplate(ConditionText.ofText(format)).problem;
    expect(refusal?.message).toBe(problem);
    if (hint !== undefined) expect(refusal?.hint).toBe(hint);
    if (at !== undefined) expect(format.slice(refusal?.span.start, refusal?.span.end)).toBe(at);
  });

  it('takes ever shorter stretches for a field, as Falco does', () => {
    const word = fc.constantFrom(
      'proc.name', 'proc.aname', 'evt.arg', '.name', '[1]', '[', ']', '["a b"]', 'toupper(', 'concat(', ')', ',', '"x"',
      'evt.type.is', '.open', 'x', ' ', '(', 'thread.cgroup.cpu', '9', 'fd.sip', 'getopt(proc.args', '"ab:"', '[a]', '%',
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const text = ConditionText.ofText(words.join(''));
        const found = fieldAt(text, 0);
        expect('message' in found ? found.message : found.end).toEqual(naive(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('is read in time, however it is made', () => {
    for (const piece of ['%proc.name', '%proc.nameaaaaaaaaaaaaaaaaaaaaaaaa', '%toupper(proc.name)[', '%1proc.name[x']) {
      const { template } = parseTemplate(ConditionText.ofText(piece.repeat(20_000)));
      expect(template?.pieces.length).toBeGreaterThanOrEqual(20_000);
    }
    expect(parseTemplate(ConditionText.ofText('%toupper('.repeat(200_000))).problem).toBeDefined();
    expect(parseTemplate(ConditionText.ofText(`%${'a.'.repeat(200_000)}`)).problem).toBeDefined();
  });
});

/** Falco's own way: the whole text, then one byte less, and so on. */
function naive(text: ConditionText): number | string {
  for (let end = text.value.length; end > 0; end--) {
    const parsed = parseOperand(text, 0, end);
    if (parsed.operand === undefined) continue;
    const field = fieldOf(parsed.operand);
    if (!isProblem(field)) return parsed.end;
    if (field.problem === 'ends-falco') return field.message;
  }
  return "unknown filter: unexpected token after '";
}
