import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../functions/cli/arguments.ts';
import { UsageError, type Command } from '../../../functions/cli/command.ts';
import { manual } from '../../../functions/cli/help.ts';

const command: Command = {
  name: 'fly',
  summary: 'flies',
  usage: 'WHERE',
  about: 'Flies there and back.',
  words: [1, 2],
  flags: [
    { name: 'rules', short: 'r', value: 'FILE', multiple: true, help: 'rule files' },
    { name: 'matching', value: 'HOW', choices: ['first', 'all'], help: 'how to match' },
    { name: 'summary', help: 'a summary' },
  ],
  examples: [['fly home', 'fly home']],
  run: async () => 0,
};

describe('arguments', () => {
  it('takes several values after one list flag, as a shell expands them', () => {
    const given = parseArguments(command, ['home', '-r', 'a.yaml', 'b.yaml', '--summary', '--rules', 'c.yaml']);
    expect(given.flags('rules')).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
    expect(given.words).toEqual(['home']);
    expect(given.has('summary')).toBe(true);
    expect(given.has('json')).toBe(false);
  });

  it('takes a single dash as a word: standard input', () => {
    expect(parseArguments(command, ['-']).words).toEqual(['-']);
  });

  it.each([
    [['home', '--sumary'], 'unknown flag --sumary, did you mean --summary?'],
    [['home', '--xyzzy'], 'unknown flag --xyzzy'],
    [[], 'WHERE is missing'],
    [['a', 'b', 'c'], "too many words: 'c' is not expected"],
    [['a', '--matching', 'some'], "--matching is one of first, all, not 'some'"],
  ])('refuses %j: %s', (argv, message) => {
    expect(() => parseArguments(command, argv)).toThrow(new UsageError(message));
  });

  it('shows every flag in the manual', () => {
    const text = manual(command);
    for (const flag of ['-r, --rules FILE...', '--matching HOW', '--summary', '--json', '(first, all)']) {
      expect(text).toContain(flag);
    }
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
