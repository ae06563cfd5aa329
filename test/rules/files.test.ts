import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import { loadRules, type LoadOptions } from '../../engine/rules/loader.ts';

const RULE = (name: string, condition = 'evt.type = open', output = 'x') =>
  `- ${JSON.stringify({ rule: name, desc: 'd', condition, output, priority: 'INFO' })}\n`;

describe('several files', () => {
  it('are compiled together after each of them', () => {
    const { results, ruleSet } = load([
      '- list: l\n  items: [cat]\n',
      RULE('r', 'evt.type = open and proc.name in (l)'),
    ]);
    expect(results.map(({ warnings }) => warnings.map(({ code }) => code))).toEqual([['LOAD_UNUSED_LIST'], []]);
    expect(ruleSet?.rules).toHaveLength(1);
  });

  it('are all judged, also after one that failed', () => {
    const { results, ruleSet, lastRuleSet } = load([RULE('r', 'm'), '- macro: m\n  condition: evt.type = open\n']);
    expect(results.map(({ successful }) => successful)).toEqual([false, true]);
    expect(ruleSet).toBeUndefined();
    expect(lastRuleSet?.rules.map(({ name }) => name)).toEqual(['r']);
  });

  it('change what files before them define', () => {
    const { ruleSet } = load([
      '- list: l\n  items: [cat]\n- macro: m\n  condition: proc.name in (l)\n' + RULE('r', 'evt.type = open and m'),
      '- list: l\n  items: [dog]\n  override: {items: append}\n',
      '- macro: m\n  condition: proc.name != val(proc.pname)\n' + RULE('s'),
      '- rule: r\n  output: y\n  override: {output: append}\n',
    ]);
    expect(ruleSet?.rules.map(({ name, outputText }) => `${name} ${outputText}`)).toEqual(['r x y', 's x']);
    expect(ruleSet?.lists.get('l')).toMatchObject({ items: ['cat', 'dog'], used: false });
    expect(ruleSet?.macros.get('m')).toMatchObject({ used: true });
  });

  it('give the same whether what they define stands in one file or in many', () => {
    const parts = [
      '- list: l\n  items: [cat]\n',
      '- macro: m\n  condition: evt.type = open and proc.name in (l)\n',
      RULE('r', 'm and fd.name startswith /etc'),
      '- list: l\n  items: [dog, l2]\n  override: {items: append}\n',
      '- list: l2\n  items: [x]\n',
      '- macro: m\n  condition: or evt.type = close\n  override: {condition: append}\n',
      '- rule: r\n  condition: and not m\n  override: {condition: append}\n',
      RULE('s', 'not m and evt.type = dup'),
    ];
    const shapeOf = (files: string[]) =>
      load(files).lastRuleSet?.rules.map(({ name, expression, eventCodes, condition }) =>
        JSON.stringify([name, expression, [...eventCodes], condition], (key, value: unknown) =>
          key === 'span' ? undefined : value,
        ),
      );
    expect(shapeOf(parts)).toEqual(shapeOf([parts.join('')]));
  });
});

describe('options', () => {
  it('say which plugins are loaded', () => {
    const rule = RULE('r', 'evt.type = open and container.id != host', '%container.name');
    expect(codes([rule], {})).toEqual([]);
    expect(codes([rule], { plugins: [] })).toEqual(['LOAD_ERR_COMPILE_OUTPUT']);
    expect(codes([RULE('r', 'evt.type = open and container.id != host')], { plugins: [] })).toEqual([
      'LOAD_ERR_COMPILE_CONDITION',
    ]);
    expect(codes([RULE('r', 'evt.type = open and k8smeta.pod.name = x')], {})).toEqual(['LOAD_ERR_COMPILE_CONDITION']);
  });

  it('add to outputs, and refuse what is wrong there as Falco does', () => {
    const { ruleSet } = load([RULE('r')], {
      appendOutput: [{ extraOutput: '%proc.name', extraFields: [{ field: 'fd.name' }] }],
    });
    expect(ruleSet?.rules[0]?.outputText).toBe('x %proc.name');
    expect(ruleSet?.rules[0]?.extraFields.map(({ key, raw }) => [key, raw])).toEqual([['fd.name', true]]);
    expect(codes([RULE('r')], { appendOutput: [{ extraFields: [{ field: 'fd.nmae' }] }] })).toEqual([
      'LOAD_ERR_COMPILE_OUTPUT',
    ]);
  });
});

function load(files: string[], options: LoadOptions = {}) {
  return loadRules(
    files.map((text, index) => new Source(`f${index}.yaml`, text)),
    options,
  );
}

function codes(files: string[], options: LoadOptions): string[] {
  return load(files, options).results.flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ code }) => code),
  );
}
