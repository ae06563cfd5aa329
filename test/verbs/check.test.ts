import { describe, expect, it } from 'vitest';
import { check, loadResultsJson, loadResultsText } from '../../engine/check.ts';
import { Source } from '../../engine/model/source.ts';

const GOOD = new Source(
  'good.yaml',
  '- {rule: g, desc: d, condition: evt.type = open, output: "%proc.name", priority: INFO}\n',
);
const WARNED = new Source('warned.yaml', '- list: l\n  items: [a]\n');
const BAD = new Source(
  'bad.yaml',
  '- rule: b\n  desc: d\n  condition: evt.type = open and evt.dir = < and proc.pid = ten\n  output: x\n  priority: Info\n',
);

describe('loadResultsJson', () => {
  const json = loadResultsJson(check([GOOD, WARNED, BAD]));
  const { falco_load_results: results } = JSON.parse(json) as { falco_load_results: Record<string, any>[] };

  it('is one line with the keys of Falco in order', () => {
    expect(json).not.toContain('\n');
    for (const result of results) {
      expect(Object.keys(result)).toEqual(Object.keys(result).toSorted());
      for (const entry of [...result.errors, ...result.warnings]) {
        expect(Object.keys(entry)).toEqual(Object.keys(entry).toSorted());
      }
    }
  });

  it('has a result per file', () => {
    expect(results.map(({ name, successful, schema_valid }) => [name, successful, schema_valid])).toEqual([
      ['good.yaml', true, true],
      ['warned.yaml', true, true],
      ['bad.yaml', false, false],
    ]);
    expect(results[0]).toEqual({
      errors: [],
      lints: [],
      name: 'good.yaml',
      schema_valid: true,
      schema_warnings: [],
      successful: true,
      warnings: [],
    });
  });

  it("tells a warning as Falco does, with the exact place under a key of Creance's own", () => {
    expect(results[1]!.warnings).toEqual([
      {
        code: 'LOAD_UNUSED_LIST',
        codedesc: 'A list is defined in the rules content but is not used by any other list, macro, or rule.',
        context: {
          locations: [
            {
              item_name: '',
              item_type: 'rules content',
              position: { column: 0, line: 0, name: 'warned.yaml', offset: 0 },
            },
            { item_name: 'l', item_type: 'list', position: { column: 2, line: 0, name: 'warned.yaml', offset: 2 } },
          ],
          snippet: '- list: l\n  ^\n',
        },
        creance: {
          span: {
            end: { column: 13, line: 2, offset: 22 },
            name: 'warned.yaml',
            start: { column: 3, line: 1, offset: 2 },
          },
        },
        message: 'List not referred to by any other rule/macro',
      },
    ]);
  });

  it('tells deprecated fields and errors in their own way', () => {
    const { errors, warnings } = results[2]!;
    expect(warnings[0]).toMatchObject({ code: 'LOAD_DEPRECATED_ITEM', deprecated_field: 'evt.dir' });
    expect(warnings[0].codedesc).toBe('A deprecated item is employed by lists, macros, or rules.');
    expect(errors).toMatchObject([{ code: 'LOAD_ERR_COMPILE_CONDITION', codedesc: 'Error compiling condition' }]);
    expect(errors[0].creance.span.start).toEqual({ column: 61, line: 3, offset: 80 });
  });
});

describe('loadResultsText', () => {
  it('tells nothing of warnings where a file loads', () => {
    expect(loadResultsText(check([GOOD, WARNED]))).toBe('good.yaml: Ok\nwarned.yaml: Ok, with warnings\n');
  });

  it('tells all where a file fails', () => {
    expect(loadResultsText(check([BAD]))).toBe(`bad.yaml: Invalid
3 Schema warnings:
------
failed for <root>[0][priority]: Failed to match against any enum values.
------
failed for <root>[0]: Failed to validate against schema associated with property name 'priority'.
------
failed for <root>: Failed to validate item #0 in array.
------

1 Errors:
In rules content: (bad.yaml:0:0)
    rule 'b': (bad.yaml:0:2)
    rule condition: (bad.yaml:2:13)
    condition expression: ("evt.type = open a...":3:50)
------
evt.type = open and evt.dir = < and proc.pid = ten
${' '.repeat(49)}^
------
LOAD_ERR_COMPILE_CONDITION (Error compiling condition): ten is not a valid number

1 Warnings:
In rules content: (bad.yaml:0:0)
    rule 'b': (bad.yaml:0:2)
    rule condition: (bad.yaml:2:13)
    condition expression: ("evt.type = open a...":2:13)
------
evt.type = open and evt.dir = < and proc.pid = ten
${' '.repeat(33)}^
------
LOAD_DEPRECATED_ITEM (Used deprecated item: field 'evt.dir'): due to the drop of enter events, 'evt.dir = <' always evaluates to true, and 'evt.dir = >' always evaluates to false. The rule expression can be simplified by removing the condition on 'evt.dir'

`);
  });
});
