import { describe, expect, it } from 'vitest';
import { keySession, SHIPPED, shown } from './session-of.ts';

const QUIET = '2>/dev/null';
const WEB = '08:30:02.001010000: Warning key read (file=/srv/keys/web container=quiet)';
const JOB = '08:30:06.002030000: Warning key read (file=/srv/keys/job container=loud)';

describe('falco on a node', () => {
  it('runs in the foreground for a time and sums up at its end', () => {
    expect(keySession({}, 'stopped').runToEnd(`falco -M 9 ${QUIET}`).output).toBe(
      `${WEB}
${JOB}
Events detected: 2
Rule counts by severity:
   WARNING: 2
Triggered rules by rule name:
   Key read: 2
`,
    );
  });

  it('shows alerts while they come, and ends with Ctrl-C', () => {
    const session = keySession({}, 'stopped');
    expect(session.run('falco').output).toMatch(
      /^Mon Mar 02 08:29:58 2026: Falco version: .*\n(.*\n)*.*One ring buffer/,
    );
    expect(session.advance(3_000).output).toBe('');
    expect(session.advance(3_000).output).toBe(`${WEB}\n`);
    expect(session.interrupt()).toMatchObject({
      code: 130,
      output: expect.stringMatching(/^\^C\n.*SIGINT received, exiting(.*\n)*Events detected: 1\n/) as string,
    });
    expect(session.advance(20_000).output).toBe('');
  });

  it('hears only what happens after it was started, with all that was before as its state', () => {
    const session = keySession({}, 'stopped');
    session.advance(7_000);
    expect(session.runToEnd(`falco -M 5 ${QUIET} | head -n 1`).output).toBe(`${JOB}\n`);
  });

  it('belongs to no service: its alerts are in syslog and not among those of the unit', () => {
    const session = keySession({}, 'stopped');
    session.runToEnd(`falco -M 9 > /root/out ${QUIET}`);
    expect(session.run('grep -c "key read" /var/log/syslog').output).toBe('2\n');
    expect(session.run('journalctl -u falco').output).toBe('-- No entries --\n');
    expect(session.run('journalctl -t falco | wc -l').output).toBe('2\n');
  });

  it('takes rule files and values of the configuration from the command line', () => {
    const mine = '- rule: Key read\n  output: mine %fd.name\n  override: { output: replace }\n';
    const session = keySession({ '/root/mine.yaml': mine }, 'stopped');
    expect(
      session.runToEnd(
        `falco -r /etc/falco/falco_rules.yaml -r mine.yaml -o json_output=true -o time_format_iso_8601=true -M 5 ${QUIET} | head -n 1 | jq -r .output`,
      ).output,
    ).toBe('2026-03-02T08:30:02.001010000+0000: Warning mine /srv/keys/web\n');
  });

  it('checks rule files with the words of Falco', () => {
    const session = keySession({ '/root/bad.yaml': '- rule: x\n' }, 'stopped');
    const good = session.runToEnd(`falco -V /etc/falco/falco_rules.yaml ${QUIET}`);
    expect(good).toMatchObject({ code: 0, output: '/etc/falco/falco_rules.yaml: Ok\n' });
    const bad = session.runToEnd(`falco -V bad.yaml ${QUIET}`);
    expect(bad.code).toBe(1);
    expect(bad.output).toMatch(/^bad\.yaml: Invalid\n1 Errors:\nIn rules content: \(bad\.yaml:0:0\)\n/);
  });

  it('lists rules, one rule, fields and their names', () => {
    const session = keySession({}, 'stopped');
    const rules = session.runToEnd(`falco -L ${QUIET}`).output;
    expect(rules).toBe(
      `${'Rule'.padEnd(50)} Description\n${'----'.padEnd(50)} -----------\n${'Key read'.padEnd(50)} Somebody in a container reads a key.\n\n`,
    );
    expect(session.runToEnd(`falco -l 'Key read' ${QUIET}`).output).toBe(rules);
    expect(session.runToEnd('falco --list | grep -A1 "^fd.name "').output).toContain(
      '(Type: CHARBUF) The full path of a file',
    );
    expect(session.runToEnd('falco --list -N | grep -x k8s.pod.name | wc -l').output).toBe('1\n');
  });

  it.each([
    [
      'a file that is not there',
      'falco -r /none.yaml',
      'Error: Could not open file /none.yaml: No such file or directory\n',
    ],
    [
      'a configuration that is not there',
      'falco -c none.yaml',
      'Error: Could not find configuration file at none.yaml\n',
    ],
    ['a time that is none', 'falco -M soon', "falco: Argument 'soon' failed to parse\n"],
    ['a word too much', 'falco rules.yaml', "falco: 'rules.yaml' is no option of Falco\n"],
    ['an option that there is not', 'falco --frob', 'falco: unknown option --frob\n'],
  ])('says what is wrong with %s', (_, line, output) => {
    expect(keySession({}, 'stopped').runToEnd(line)).toMatchObject({ code: 1, output });
  });

  it('says what is wrong with its configuration', () => {
    const session = keySession({}, 'stopped');
    expect(shown(session, `falco -o priority=loud -M 1 2>&1 | grep Error`)).toMatch(/^Error: Unknown priority "loud"/);
    expect(shown(session, 'rm /etc/falco/falco.yaml', 'falco')).toBe(
      'Error: You must create a config file at /etc/falco/falco.yaml or by passing -c\n',
    );
  });

  it('is not disturbed by a rule that nothing can come of', () => {
    const session = keySession({ '/etc/falco/rules.d/x.yaml': SHIPPED.replace('Key read', 'Other') }, 'stopped');
    expect(session.runToEnd(`falco -M 9 ${QUIET} | grep -c Warning`).output).toBe('2\n');
  });
});
