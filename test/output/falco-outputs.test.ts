import { expect, it } from 'vitest';
import { ConditionText } from '../../engine/filter/condition-text.ts';
import { jsonText } from '../../engine/output/json-text.ts';
import { parseTemplate } from '../../engine/output/parse-template.ts';
import { renderAlert } from '../../engine/output/render-alert.ts';
import type { Template } from '../../engine/output/template.ts';
import { describeConformance } from '../conformance/data.ts';
import { replay } from '../conformance/replay.ts';
import { goldenFormats, type GoldenRendering } from './golden-outputs.ts';

/**
 * What Falco showed here came from its memory and not from the event: the inode of a file when it was not recorded, and
 * a share of the CPU that another rule had read before.
 */
const UNUSABLE = /%evt\.rawarg\.ino|^%thread\.cpu\.system$/;
/** Rules lose this before their output is read. */
const REMOVED = '%container.info';

interface Wanted extends GoldenRendering {
  readonly format: string;
  readonly template: Template;
}

describeConformance('outputs as Falco renders them', () => {
  const formats = goldenFormats();
  const wanted: Wanted[] = [];
  for (const { format, renderings } of formats) {
    const { template } = parseTemplate(ConditionText.ofText(format.trim()));
    if (template === undefined || UNUSABLE.test(format)) continue;
    for (const rendering of renderings) wanted.push({ ...rendering, format, template });
  }

  it.each(formats.filter(({ error }) => error !== undefined))('refuses $format', ({ format, error }) => {
    const output = format.replaceAll(REMOVED, '').trim();
    expect(parseTemplate(ConditionText.ofText(output)).problem?.message).toBe(error);
  });

  it('accepts all others', () => {
    const accepted = formats.filter(({ error }) => error === undefined);
    const refused = accepted.filter(
      ({ format }) => parseTemplate(ConditionText.ofText(format.trim())).problem !== undefined,
    );
    expect(refused).toEqual([]);
    expect(accepted.length).toBeGreaterThan(100);
  });

  it.each([...new Set(wanted.map(({ capture }) => capture))])('text and fields are equal on %s', (capture) => {
    const byEvent = Map.groupBy(
      wanted.filter((one) => one.capture === capture),
      ({ event }) => event,
    );
    let compared = 0;
    replay(capture, (moment) => {
      for (const { format, template, text, fields } of byEvent.get(moment.event.num) ?? []) {
        const { message, outputFields } = renderAlert(RULE, template, moment);
        const found = Object.fromEntries([...outputFields].map(([key, value]) => [key, jsonText(value)]));
        expect({ format, event: moment.event.num, text: message, fields: found }).toEqual({
          format,
          event: moment.event.num,
          text,
          fields,
        });
        compared++;
      }
    });
    expect(compared).toBe(wanted.filter((one) => one.capture === capture).length);
  });
});

const RULE = { name: 'rule', priority: 'Debug', source: 'syscall', tags: [] } as const;
