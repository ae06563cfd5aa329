import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { AlertRule } from '../../engine/model/alert.ts';
import {
  appendedOutput,
  DEFAULT_APPEND_OUTPUT,
  extraFields,
  type OutputAppend,
} from '../../engine/output/append-output.ts';

/** What is appended to the output `x` of a rule, and the extra fields it gets as `KEY=FORMAT`, raw ones as `KEY`. */
interface AppendCase {
  readonly name: string;
  readonly append: readonly OutputAppend[];
  readonly output?: string;
  readonly fields?: readonly string[];
}

const RULE: AlertRule = { name: 'Shadow read', priority: 'Error', source: 'syscall', tags: ['T1003', 'host'] };
const cases = load(
  readFileSync(new URL('../cases/output/appends.yaml', import.meta.url), 'utf8'),
) as readonly AppendCase[];

describe('what is appended to outputs', () => {
  it.each(cases)('$name', ({ append, output, fields }) => {
    expect(appendedOutput('x', RULE, append)).toBe(output ?? 'x');
    expect(extraFields(RULE, append).map(({ key, format, raw }) => (raw ? key : `${key}=${format}`))).toEqual(
      fields ?? [],
    );
  });

  it("is what plugins suggest, by Falco's own configuration", () => {
    expect(appendedOutput('x', RULE, DEFAULT_APPEND_OUTPUT)).toBe(
      'x container_id=%container.id container_name=%container.name ' +
        'container_image_repository=%container.image.repository container_image_tag=%container.image.tag ' +
        'k8s_pod_name=%k8s.pod.name k8s_ns_name=%k8s.ns.name',
    );
    expect(appendedOutput('x', { ...RULE, source: 'k8s_audit' }, DEFAULT_APPEND_OUTPUT)).toBe('x');
  });

  it('shows a raw field by its own name', () => {
    expect(extraFields(RULE, [{ extraFields: [{ field: 'evt.hostname' }] }])).toEqual([
      { key: 'evt.hostname', format: '%evt.hostname', raw: true },
    ]);
  });
});
