import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explanationText } from '../../../functions/cli/explanation-text.ts';
import { paintFor } from '../../../functions/cli/paint.ts';
import { ask, rulesOf } from '../../explanation/explained-trace.ts';
import { creance } from './terminal-double.ts';

const DOCUMENT = readFileSync(new URL('../../../engine/explanation/README.md', import.meta.url), 'utf8');
const RULES = 'test/cases/explanation/example-rules.yaml';
const INPUT = ['-r', RULES, '-t', 'test/cases/explanation/example.jsonl'];
const RULE = 'Shell started by a web server';

describe('creance explain', () => {
  const examples = [...DOCUMENT.matchAll(/^```\n\$ creance (.*)\n([^]*?)\n```$/gm)];

  it('has examples in its document', () => expect(examples).toHaveLength(4));

  it.each(examples.map(([, command, output]) => [command as string, output as string]))(
    'prints %s',
    async (command, output) => {
      const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
      const { code, out } = await creance(words);
      expect(code).toBe(0);
      expect(out.trimEnd().startsWith(output)).toBe(true);
    },
  );

  it('prints one JSON value for machines, the same for an event and for a trace', async () => {
    const event = JSON.parse((await creance(['explain', '--json', ...INPUT, '-e', '3', '--rule', RULE])).out);
    expect(event).toMatchObject({
      event: { number: 3, type: 'execve', fields: { 'proc.name': 'sh' } },
      visible: true,
      rules: [{ rule: RULE, outcome: 'no-match', distance: 1, changes: [{ value: 'Caddy', reason: 'other-case' }] }],
    });
    const [{ rows, rowCount }] = event.rules;
    expect(rows).toHaveLength(rowCount);
    expect(rows.find(({ kind }: { kind: string }) => kind === 'exception')).toMatchObject({
      name: 'health_checks',
      holds: true,
      place: { file: RULES, line: 16 },
    });
    const { out } = await creance(['explain', '--json', ...INPUT, '--rule', RULE]);
    expect(out).toContain('"time":1767603600000000001,');
    expect(JSON.parse(out)).toMatchObject({ rule: RULE, fired: 1, nearMisses: [{ count: 1 }, { count: 1 }] });
  });

  it.each<[code: number, words: string[], note: string]>([
    [2, [...INPUT, '--rule', 'Shell startd by a web server'], `did you mean '${RULE}'?`],
    [2, [...INPUT, '-e', '9'], 'it has the events 1 to 4'],
    [2, [...INPUT, '-e', 'nine'], "--event is a number from 0, not 'nine'"],
    [2, INPUT, '--event N or --rule NAME is missing'],
    [2, ['-t', 'x.jsonl', '-e', '1'], '-r RULES is missing'],
    [3, ['-r', RULES, '-t', 'missing.scap', '-e', '1'], 'missing.scap'],
    [3, ['-r', RULES, '-t', RULES, '-e', '1'], "can't be played"],
  ])('ends with %i and says why: %j', async (code, words, note) => {
    const outcome = await creance(['explain', ...words]);
    expect(outcome.code).toBe(code);
    expect(outcome.out).not.toContain(RULE);
    expect(outcome.notes).toContain(note);
  });

  it('takes colours on a terminal', () => {
    const rules = rulesOf('- {rule: r, desc: d, condition: evt.type = open and fd.num = 4, output: o, priority: INFO}');
    const answer = ask(rules, { event: 1, rule: 'r' });
    if (answer.kind !== 'event') throw new Error(answer.kind);
    const [plain, colored] = [false, true].map((isColored) =>
      explanationText(answer.explanation, true, paintFor(isColored)),
    ) as [string, string];
    expect(plain).not.toContain('\x1b');
    expect(colored).toContain('\x1b[32m✓\x1b[0m');
    const [first, ...parts] = colored.split('\x1b[');
    expect([first, ...parts.map((part) => part.replace(/^\d+m/, ''))].join('')).toBe(plain);
  });

  it('gives control characters of a trace to no terminal', async () => {
    const rules = rulesOf('- {rule: r, desc: d, condition: evt.type = open and fd.num = 4, output: o, priority: INFO}');
    const answer = ask(rules, { event: 2, rule: 'r' });
    if (answer.kind !== 'event') throw new Error(answer.kind);
    const text = explanationText(answer.explanation, true, paintFor(false));
    expect([...text].filter((one) => one < ' ' && one !== '\n')).toEqual([]);
  });
});
