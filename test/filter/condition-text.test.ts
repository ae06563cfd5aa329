import { describe, expect, it } from 'vitest';
import type { Scalar } from '../../engine/document/node.ts';
import { readDocuments } from '../../engine/document/read-documents.ts';
import { ConditionBuilder } from '../../engine/filter/condition-builder.ts';
import { ConditionText } from '../../engine/filter/condition-text.ts';
import { Source } from '../../engine/model/source.ts';

describe('ConditionText', () => {
  const yaml = '- proc.name in (shells) and fd.name = "a b"\n- bash\n- "/bin/s h"\n- and evt.type = open\n';
  const [condition, first, second, appended] = scalars(yaml);
  const list = new ConditionBuilder()
    .append(ConditionText.ofScalar(first!))
    .add(', "', placeOf(second!))
    .append(ConditionText.ofScalar(second!))
    .add('"', placeOf(second!))
    .build();
  const text = ConditionText.ofScalar(condition!);
  const expanded = new ConditionBuilder()
    .append(text, 0, 14)
    .insert(list)
    .append(text, 20)
    .add(' ', placeOf(appended!))
    .append(ConditionText.ofScalar(appended!))
    .build();

  it('joins parts of several texts', () => {
    expect(expanded.value).toBe('proc.name in (bash, "/bin/s h") and fd.name = "a b" and evt.type = open');
  });

  it.each([
    ['proc.name', 'proc.name'],
    ['bash', 'bash'],
    ['/bin/s h', '/bin/s h'],
    ['"/bin/s h"', '"/bin/s h"'],
    ['fd.name', 'fd.name'],
    ['"a b"', '"a b"'],
    ['evt.type = open', 'evt.type = open'],
    ['(bash, "/bin/s h")', '(shells)'],
    ['proc.name in (bash, "/bin/s h")', 'proc.name in (shells)'],
    ['in (bash, "/bin', 'in (shells'],
  ])('leads %s back to where it is written: %s', (part, written) => {
    const from = expanded.value.indexOf(part);
    const { source, start, end } = expanded.span(from, from + part.length);
    expect(source.text.slice(start, end)).toBe(written);
  });

  it('ends what runs over into an appended text where the first text ends', () => {
    const from = expanded.value.indexOf('fd.name');
    const { source, start, end } = expanded.span(from, expanded.value.length);
    expect(source.text.slice(start, end)).toBe('fd.name = "a b"');
  });

  it('takes characters away from the end', () => {
    const builder = new ConditionBuilder().append(text, 0, 12).add(' , ', placeOf(first!));
    for (let i = 0; i < 3; i++) builder.dropLast();
    expect(builder.last).toBe('n'.charCodeAt(0));
    expect(builder.build().value).toBe('proc.name in');
  });
});

function scalars(yaml: string): Scalar[] {
  const document = readDocuments(new Source('rules.yaml', yaml)).documents[0];
  return document?.kind === 'sequence' ? document.items.filter((item): item is Scalar => item.kind === 'scalar') : [];
}

function placeOf({ document, mark, end }: Scalar) {
  return { document, start: mark.offset, end };
}
