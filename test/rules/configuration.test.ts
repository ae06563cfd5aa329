import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Source } from '../../engine/model/source.ts';
import { hasErrors } from '../../engine/model/diagnostic.ts';
import { readConfiguration, type Configuration } from '../../engine/rules/configuration.ts';
import { substituted } from '../../engine/rules/configuration-environment.ts';
import { readCases } from './case-file.ts';

const KEYS = ['config', 'environment', 'refused', 'says', 'found'];
const cases = readCases('configuration.yaml', KEYS, (reading) => ({
  config: reading.text('config') ?? '',
  environment: reading.texts('environment') ?? [],
  says: reading.text('refused') === undefined ? (reading.texts('says') ?? []) : 'refused',
  found: reading.texts('found') ?? [],
}));

describe('a configuration', () => {
  it.each(cases)('of $config says $says', ({ config, environment, says, found }) => {
    const variables = new Map(environment.map((pair) => [pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1)]));
    const read = readConfiguration(new Source('falco.yaml', config), { environment: variables });
    expect(read.diagnostics.map(({ code, span }) => `${code} ${place(span!)}`)).toEqual(found);
    expect(read.configuration === undefined ? 'refused' : linesOf(read.configuration)).toEqual(says);
  });

  it('says what to do about each thing that stops Falco', () => {
    const text = 'rule_matching: al\npriority: Waning\nrules: [{disable: x}]';
    const { diagnostics } = readConfiguration(new Source('falco.yaml', text));
    expect(diagnostics.map(({ hint }) => hint).toSorted()).toEqual([
      "did you mean 'all'?",
      "did you mean 'warning'?",
      expect.stringContaining('write: disable:'),
    ]);
  });

  it.each([
    ['append', ['a', 'b'], 'all'],
    ['override', ['b'], 'all'],
    ['add-only', ['a'], 'all'],
  ])('takes in others by the strategy %s', (strategy, rulesFiles, matching) => {
    const main = `rules_files: [a]\nconfig_files: [{path: more, strategy: ${strategy}}]\n`;
    const more = new Source('more', 'rules_files: [b]\nrule_matching: all\n');
    const { configuration, diagnostics } = readConfiguration(new Source('falco.yaml', main), { include: () => [more] });
    expect(diagnostics).toEqual([]);
    expect(configuration).toMatchObject({ rulesFiles, run: { matching } });
  });

  it('does not let itself be taken in again, nor what it takes in take in more', () => {
    const include = (path: string) => [new Source(path, 'config_files: [again.yaml]')];
    const main = new Source('falco.yaml', 'config_files: [falco.yaml, more.yaml, nowhere.yaml]');
    const { configuration, diagnostics } = readConfiguration(main, {
      include: (path) => (path === 'nowhere.yaml' ? [] : include(path)),
    });
    expect(configuration).toBeUndefined();
    expect(diagnostics.map(({ code, span }) => `${code} ${span!.source.name} ${place(span!)}`)).toEqual([
      'CONFIG_FILES falco.yaml 1:16',
      'CONFIG_FILES more.yaml 1:1',
    ]);
  });

  it('is refused with an error or read, whatever it is', () => {
    const word = fc.constantFrom(
      'rules',
      'append_output',
      'match',
      'enable',
      'rule',
      'extra_fields',
      'true',
      '${A}',
      '$',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        word,
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(word, tie('value'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(value, (config) => {
        const read = readConfiguration(new Source('falco.yaml', JSON.stringify(config)));
        expect(read.configuration === undefined).toBe(hasErrors(read.diagnostics));
      }),
    );
  });
});

describe('environment variables', () => {
  it('leave a text without a dollar as it is, and always come to an end', () => {
    const piece = fc.constantFrom('$', '{', '}', '${A}', '$${B}', 'x', '${B}');
    const text = fc.array(piece).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, text, (value, a, b) => {
        const result = substituted(
          value,
          new Map([
            ['A', a],
            ['B', b],
          ]),
        );
        if (!value.includes('$')) expect(result).toBe(value);
        else expect((result ?? '').length).toBeLessThan(8 * 1024 * 1024);
      }),
    );
  });
});

function place({ source, start }: { source: Source; start: number }): string {
  const { line, column } = source.position(start);
  return `${line + 1}:${column + 1}`;
}

/** What differs from an empty configuration. */
function linesOf(configuration: Configuration): string[] {
  const usual = new Set(entriesOf(readConfiguration(new Source('', '')).configuration!));
  return entriesOf(configuration).filter((line) => !usual.has(line));
}

function entriesOf({ rulesFiles, load, run, jsonOutput, json }: Configuration): string[] {
  const select = load.select.map(({ action, by, pattern }) => `${action} ${by} ${pattern}`);
  return Object.entries({ rulesFiles, ...load, select, ...run, jsonOutput, ...json }).map(
    ([key, value]) => `${key}: ${JSON.stringify(value)}`,
  );
}
