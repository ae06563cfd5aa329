import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../engine/practice/node/commands/table.ts';
import { readFilter, JqProblem, type Json } from '../../../engine/practice/node/commands/jq-filter.ts';
import { isProblem, parseLine } from '../../../engine/practice/node/parse-line.ts';
import { keySession } from './session-of.ts';

/** What a shell line is made of, so that more than its first letter is reached. */
const PIECES = [
  ['"', "'", '`', '$(', ')', '|', '&&', '||', ';', '>', '>>', '<', '<<', '<<<', '2>&1', '&>', '\\', '\n', ' ', '#'],
  ['$HOME', '${?}', '*', '?', '{a,b}', '-n', '-e', '--', '-r', '1', '/etc/falco/falco.yaml', '/var/log/syslog', 'a=b'],
  ['falco', '-M', 'kubectl -n shop', 'get pods', 'grep', '(', '[', 's/a/b/g', 'jq', '.a[]', 'select(.)', '/root/x'],
  [...COMMANDS.keys()],
].flat();
const line = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(' ')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

describe('a node in the hands of anybody', () => {
  it('reads any line or says what is wrong with it', () => {
    fc.assert(
      fc.property(line, (text) => {
        const parsed = parseLine(text);
        expect(isProblem(parsed) ? parsed.message : 'a line').not.toBe('');
      }),
      { numRuns: 1_000 },
    );
  });

  it('survives any lines, and shows the same for the same', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        const [one, other] = [keySession(), keySession()];
        for (const text of lines) expect(one.runToEnd(text)).toEqual(other.runToEnd(text));
        expect(one.isBusy).toBe(false);
        expect([...one.files()]).toEqual([...other.files()]);
      }),
      { numRuns: 60 },
    );
  });

  it('applies any filter of jq to any value, or says why not', () => {
    const piece = fc.constantFrom(...'. .a .[] [ ] ( ) | , == select( map( keys length "x" 1 not unique ?'.split(' '));
    const program = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(program, fc.jsonValue(), (text, value) => {
        try {
          readFilter(text)(value as Json);
        } catch (error) {
          expect(error).toBeInstanceOf(JqProblem);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['more output than any line needs', `awk '{print ${'$0 '.repeat(3_000)}}' big`, /Killed: it writes too much/],
    [
      'a disk that is full',
      'cat big big > b2; cat b2 b2 > b3; cat b3 b3 > b4; cat b4 b4 > b5',
      /No space left on device/,
    ],
    ['a line that is too long', `echo ${'x'.repeat(70_000)}`, /the line is too long/],
    ['more words than a command takes', 'echo $(cat big) $(cat big)', /Argument list too long/],
    ['commands without end', 'sudo '.repeat(2_000), /too many commands in one line/],
    ['substitutions within each other', `echo ${'$('.repeat(50)}${')'.repeat(50)}`, /too many \$\(\.\.\.\)/],
    ['a pattern that multiplies', "grep -E '((a{900}){900}){900}' big", /invalid pattern/],
    ['a filter that doubles', `jq '${Array.from({ length: 60 }, () => '[.,.]').join('|')}' <<< 1`, /it makes too much/],
    ['an edit that grows', `sed 's/./${'&'.repeat(30_000)}/g' big | wc -c`, /./],
    ['a filter nested without end', `jq '${'['.repeat(1_000)}' <<< 1`, /too many brackets/],
    ['JSON nested without end', `jq . <<< '${'['.repeat(30_000)}'`, /is no JSON/],
    ['lines without words', `awk '${' '.repeat(30_000)}x' big`, /only this much/],
    ['blanks without end', `echo "$(printf '%s' '${'\n'.repeat(30_000)}x')" | wc -l`, /30001/],
    [
      'pods without end',
      'kubectl -n shop scale deploy job --replicas=1000; kubectl -n shop get pods | wc -l',
      /\n10[0-9]\n/,
    ],
  ])('is not overwhelmed by %s', (_, text, shows) => {
    const session = keySession({ '/root/big': `${'word '.repeat(20)}\n`.repeat(1_500) });
    expect(session.runToEnd(text).output).toMatch(shows);
    expect(session.runToEnd('echo alive').output).toBe('alive\n');
  });

  it('lets an hour pass at once, and no more', () => {
    const session = keySession();
    const before = session.clock;
    session.advance(1e12);
    session.advance(-5);
    session.advance(Number.NaN);
    expect(session.clock - before).toBe(3_600_000);
    expect(session.run('wc -c < /var/log/syslog').output.length).toBeLessThan(8);
    expect(session.run('journalctl | wc -l').output).toMatch(/^\d{3,4}\n$/);
  });
});
