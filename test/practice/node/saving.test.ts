import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeSession } from '../../../engine/practice/node/session.ts';
import { CLUSTER_PATH, NODE_PATH } from '../../../engine/practice/task.ts';
import { keyMachine, keySession } from './session-of.ts';

const LOCAL = '/etc/falco/falco_rules.local.yaml';
const LINES = [
  'sleep 7',
  'sleep 30',
  'cd /etc/falco',
  'systemctl restart falco',
  'systemctl stop falco',
  'systemctl start falco',
  'kill -1 $(pidof falco)',
  `echo '- list: more' >> ${LOCAL}`,
  `echo '- broken' >> ${LOCAL}`,
  `echo > ${LOCAL}`,
  "sed -i 's/watch_config_files: true/watch_config_files: false/' /etc/falco/falco.yaml",
  'kubectl -n shop scale deploy job --replicas=0',
  'kubectl -n shop scale deploy job --replicas=2',
  'mkdir -p /root/made',
  'falco -M 9 > /tmp/out 2>&1',
  'rm -f /tmp/out',
];
/** All that can be seen of a node. */
const LOOKS = [
  'systemctl status falco',
  'journalctl',
  'kubectl get pods -A',
  'crictl ps -q',
  'cat /var/log/syslog /tmp/out',
  'ls /root /etc/falco/rules.d',
  'pwd; date',
];

function looked(session: NodeSession): string {
  return LOOKS.map((line) => session.runToEnd(line).output).join('\n');
}

describe('a node that is left and come back to', () => {
  it('is as it was: rules that were read, pods that were stopped, the journal and the clock', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 6 }), fc.nat(5), (lines, at) => {
        const stayed = keySession();
        let left = keySession();
        for (const [i, line] of lines.entries()) {
          if (i === at) left = new NodeSession(keyMachine(), left.files());
          expect(left.runToEnd(line)).toEqual(stayed.runToEnd(line));
        }
        left = new NodeSession(keyMachine(), left.files());
        expect(looked(left)).toBe(looked(stayed));
      }),
      { numRuns: 25 },
    );
  });

  it('goes on with rules that were changed and not read', () => {
    const session = keySession();
    session.runToEnd("sed -i 's/watch_config_files: true/watch_config_files: false/' /etc/falco/falco.yaml");
    session.run('systemctl restart falco');
    session.run('rm /etc/falco/falco_rules.yaml');
    const again = new NodeSession(keyMachine(), session.files());
    again.advance(10_000);
    expect(again.run('grep -c "key read" /var/log/syslog').output).toBe('2\n');
  });

  it('notices what was changed while nobody was there, if it watches', () => {
    const files = keySession().files();
    files.set(LOCAL, '- list: more\n  items: [a]\n');
    const again = new NodeSession(keyMachine(), files);
    again.advance(1_000);
    expect(again.run('grep -c SIGHUP /var/log/syslog').output).toBe('1\n');
  });

  it('keeps its state out of sight', () => {
    const session = keySession();
    expect(session.files().has(NODE_PATH)).toBe(true);
    expect(session.files().has(CLUSTER_PATH)).toBe(true);
    const again = new NodeSession(keyMachine(), session.files());
    expect(again.run('ls /root; find / -name "*.json"').output).toBe('');
  });

  it.each([
    'no JSON',
    '{}',
    'null',
    '{"now":1}',
    '{"now":"x","pid":1,"cwd":"/","service":{"state":"running","since":"1","pid":1,"loaded":null},"happenings":[],"typed":[],"stops":[],"folders":[],"journal":[]}',
    '{"now":"1","pid":1,"cwd":"/","service":{"state":"running","since":"1","pid":1,"loaded":{},"read":{}},"happenings":[null],"typed":[],"stops":[{}],"folders":[],"journal":[1]}',
  ])('begins anew where its state is %s', (state) => {
    const files = keySession().files();
    files.set(NODE_PATH, state);
    expect(new NodeSession(keyMachine(), files).run('date').output).toBe('Mon Mar 02 08:29:58 UTC 2026\n');
  });
});
