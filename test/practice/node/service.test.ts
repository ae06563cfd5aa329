import { describe, expect, it } from 'vitest';
import { keySession, shown } from './session-of.ts';

const CONFIGURATION = '/etc/falco/falco.yaml';
const LOCAL = '/etc/falco/falco_rules.local.yaml';
const RULE = `- rule: Last door
  desc: d
  condition: evt.type = openat and fd.name = /srv/doors/last
  output: the last door was opened
  priority: ERROR
`;
/** Without what comes before the text of a line of the journal. */
const texts = (output: string): string[] => output.split('\n').map((line) => line.replace(/^.*?\]: /, ''));

describe('the service of Falco', () => {
  it('has run for a while when somebody comes, and shows its state as systemd does', () => {
    const { output, code } = keySession().runToEnd('systemctl status falco -n 2');
    expect(output).toBe(
      `● falco.service - Falco watches what containers do.
     Loaded: loaded (/usr/lib/systemd/system/falco.service; enabled; preset: enabled)
     Active: active (running) since Mon 2026-03-02 07:42:58 UTC; 47min 0s ago
   Main PID: 1211 (falco)
     CGroup: /system.slice/falco.service
             └─1211 /usr/bin/falco

Mar 02 07:42:58 worker-1 falco[1211]: Mon Mar 02 07:42:58 2026: Opening 'syscall' source with modern BPF probe.
Mar 02 07:42:58 worker-1 falco[1211]: Mon Mar 02 07:42:58 2026: One ring buffer every '2' CPUs.
`,
    );
    expect(code).toBe(0);
  });

  it('tells of what happens when it happens, in the journal and in syslog', () => {
    const session = keySession();
    session.advance(5_000);
    const line =
      'Mar 02 08:30:02 worker-1 falco[1211]: 08:30:02.001010000: Warning key read (file=/srv/keys/web container=quiet)\n';
    expect(session.run('journalctl -u falco -n 1').output).toBe(line);
    expect(session.run('tail -n 1 /var/log/syslog').output).toBe(line);
    session.advance(20_000);
    expect(session.run('grep -c "key read" /var/log/syslog').output).toBe('3\n');
    expect(texts(session.run('journalctl -u falco --since 08:30:20').output)).toEqual([
      '08:30:22.001010000: Warning key read (file=/srv/keys/web container=quiet)',
      '',
    ]);
  });

  it('is stopped and started, and hears nothing in between', () => {
    const session = keySession();
    expect(shown(session, 'systemctl stop falco', 'systemctl is-active falco')).toBe('inactive\n');
    session.advance(15_000);
    expect(session.run('pidof falco').code).toBe(1);
    session.run('systemctl start falco');
    expect(session.run('systemctl is-active falco')).toMatchObject({ output: 'active\n', code: 0 });
    session.advance(20_000);
    expect(texts(session.run('grep "key read" /var/log/syslog').output)).toHaveLength(3);
    expect(session.run('grep systemd /var/log/syslog').output).toMatch(
      /^.*Started.*\n.*Stopping.*\n.*Deactivated.*\n.*Started.*\n$/,
    );
  });

  it('reads a changed rule file again by itself, in the same process', () => {
    const session = keySession();
    const pid = session.run('pidof falco').output;
    session.write(LOCAL, RULE);
    session.advance(1_000);
    expect(session.run('journalctl -u falco').output).toContain('SIGHUP received, restarting...');
    session.advance(15_000);
    expect(session.run('grep -c "last door" /var/log/syslog').output).toBe('1\n');
    expect(session.run('pidof falco').output).toBe(pid);
  });

  it('notices a file that is new in a folder of rules', () => {
    const session = keySession();
    session.write('/etc/falco/rules.d/last.yaml', RULE);
    session.write('/etc/falco/rules.d/notes.txt', 'x');
    session.advance(16_000);
    expect(session.run('grep -c "last door" /var/log/syslog').output).toBe('1\n');
  });

  it('goes on with the old rules when new ones are refused, and says so by an alert', () => {
    const session = keySession();
    session.write(LOCAL, RULE.replace('openat', 'opnat'));
    session.advance(5_000);
    const { output } = session.run('journalctl -u falco');
    expect(output).toContain('Critical Falco internal: hot restart failure: ');
    expect(output).toContain('LOAD_ERR_COMPILE_CONDITION');
    expect(session.run('systemctl is-active falco').output).toBe('active\n');
    session.advance(10_000);
    expect(session.run('grep -c "key read" /var/log/syslog').output).toBe('2\n');
  });

  it('fails to start with rules that are refused, and says why with the words of Falco', () => {
    const session = keySession();
    session.write(LOCAL, RULE.replace('  output: the last door was opened\n', ''));
    expect(session.run('systemctl restart falco')).toMatchObject({
      code: 1,
      output: expect.stringContaining('journalctl -u falco.service') as string,
    });
    const { output, code } = session.run('systemctl status falco');
    expect(code).toBe(3);
    expect(output).toContain('Active: failed (Result: exit-code) since Mon 2026-03-02 08:29:58 UTC; 0s ago');
    expect(output).toContain("Item has no mapping for key 'output'");
    expect(output).toContain('status=1/FAILURE');
    session.write(LOCAL, '');
    expect(session.run('systemctl start falco').code).toBe(0);
  });

  it.each(['kill -1 $(pidof falco)', 'kill -HUP $(pgrep falco)', 'pkill -1 falco', 'systemctl reload falco'])(
    'reads all again after %s',
    (line) => {
      const session = keySession();
      expect(session.run(line).code).toBe(0);
      session.advance(1_000);
      expect(session.run('grep -c SIGHUP /var/log/syslog').output).toBe('1\n');
    },
  );

  it('does not hear SIGHUP where it watches nothing, as Falco does not', () => {
    const session = keySession();
    session.runToEnd(`sed -i 's/watch_config_files: true/watch_config_files: false/' ${CONFIGURATION}`);
    session.write(LOCAL, RULE);
    shown(session, 'systemctl reload falco', 'sleep 20');
    expect(session.run('grep -c "SIGHUP\\|last door" /var/log/syslog').output).toBe('1\n');
    shown(session, 'systemctl restart falco', 'sleep 20');
    expect(session.run('grep -c "last door" /var/log/syslog').output).toBe('1\n');
  });

  it('is down after SIGTERM, and failed after SIGKILL', () => {
    expect(shown(keySession(), 'kill $(pidof falco)', 'systemctl is-active falco')).toBe('inactive\n');
    expect(shown(keySession(), 'kill -9 $(pidof falco)', 'systemctl is-failed falco')).toBe('failed\n');
    expect(shown(keySession(), 'kill -5 1', 'kill 999', 'kill x')).toBe(
      'kill: invalid signal specification: -5\nkill: (999) - No such process\nkill: x: arguments must be process or job IDs\n',
    );
  });

  it('writes alerts to the outputs that are on, as text or as JSON', () => {
    const session = keySession();
    session.runToEnd(
      `sed -i 's/^  enabled: false/  enabled: true/; s#./events.txt#/var/log/falco/a.json#; s/json_output: false/json_output: true/; s/syslog_output:/syslog_output: { enabled: no }\\nold:/' ${CONFIGURATION}`,
    );
    session.advance(20_000);
    expect(
      session.run('jq -r \'[.hostname, .rule, .output_fields["fd.name"]] | @csv\' /var/log/falco/a.json').output,
    ).toBe(['web', 'job'].map((key) => `"worker-1","Key read","/srv/keys/${key}"\n`).join(''));
    expect(session.run('grep -c "key read" /var/log/syslog').output).toBe('0\n');
  });

  it('says in the journal when it can not write its file', () => {
    const session = keySession();
    session.runToEnd(`sed -i 's/^  enabled: false/  enabled: true/; s#./events.txt#/nowhere/a.log#' ${CONFIGURATION}`);
    session.advance(5_000);
    expect(session.run('journalctl -u falco -n 1').output).toContain(
      'failed to open output file /nowhere/a.log: No such file or directory',
    );
  });
});
