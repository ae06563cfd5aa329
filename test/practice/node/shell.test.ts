import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { keySession, shown } from './session-of.ts';
import { replayed } from './transcript.ts';

interface Case {
  readonly name: string;
  readonly transcript: string;
}

const CASES = load(
  readFileSync(fileURLToPath(new URL('../../cases/practice/node-shell.yaml', import.meta.url)), 'utf8'),
) as readonly Case[];
const FRUIT = { '/root/fruit': 'apple\npear\nfig\npear\nplum\n' };

describe('the shell of a node', () => {
  it.each(CASES)('knows $name', ({ transcript }) => {
    expect(replayed(transcript, keySession(FRUIT))).toBe(transcript);
  });

  it('says how a line ended, and which is the folder', () => {
    const session = keySession(FRUIT);
    expect(session.prompt).toBe('root@worker-1:~# ');
    expect(session.run('grep -q pear fruit').code).toBe(0);
    expect(session.run('grep -q kiwi fruit').code).toBe(1);
    expect(session.run('nothing').code).toBe(127);
    expect(session.run('echo "').code).toBe(2);
    session.run('cd /etc/falco');
    expect(session.prompt).toBe('root@worker-1:/etc/falco# ');
  });

  it('tells whether a line goes on', () => {
    const session = keySession();
    const open = ['echo "a', "echo 'a", 'cat <<X', 'cat <<X\ntext', 'echo $(ls', 'echo \\', 'ls |', 'ls &&'];
    expect(open.filter((line) => !session.isOpen(line))).toEqual([]);
    expect(['echo a', 'cat <<X\ntext\nX', 'a ; ; b', ''].filter((line) => session.isOpen(line))).toEqual([]);
  });

  it('completes commands, words of commands, and paths', () => {
    const session = keySession(FRUIT);
    const completed = (line: string): string[] => {
      const { from, words } = session.complete(line);
      return words.map((word) => line.slice(0, from) + word);
    };
    expect(completed('jour')).toEqual(['journalctl ']);
    expect(completed('cat fr')).toEqual(['cat fruit ']);
    expect(completed('cat /etc/falco/falco_rules.l')).toEqual(['cat /etc/falco/falco_rules.local.yaml ']);
    expect(completed('ls /et')).toEqual(['ls /etc/']);
    expect(completed('systemctl rel')).toEqual(['systemctl reload ']);
    expect(completed('cat fruit | so')).toEqual(['cat fruit | sort ']);
    expect(completed('kubectl sc')).toEqual(['kubectl scale ']);
    expect(completed('kubectl get pods -n sh')).toEqual(['kubectl get pods -n shop ']);
  });

  it('asks for an editor and takes what it wrote', () => {
    const session = keySession(FRUIT);
    expect(session.run('vim fruit').edit).toEqual({ path: '/root/fruit', text: FRUIT['/root/fruit'] });
    expect(session.write('/root/fruit', 'kiwi\n')).toBeUndefined();
    expect(session.run('cat fruit').output).toBe('kiwi\n');
    expect(session.run('edit new').edit).toEqual({ path: '/root/new', text: '' });
    expect(session.write('/nowhere/x', '')).toBe('No such file or directory');
  });

  it('holds the terminal while something runs, and shows what comes as it comes', () => {
    const session = keySession({}, 'stopped');
    expect(session.run('sleep 3 && echo done')).toMatchObject({ output: '', code: undefined });
    expect(session.isBusy).toBe(true);
    expect(session.run('echo not heard').output).toBe('');
    expect(session.advance(2_000)).toMatchObject({ output: '', code: undefined });
    expect(session.advance(2_000)).toMatchObject({ output: 'done\n', code: 0 });
    expect(session.isBusy).toBe(false);
  });

  it('ends with Ctrl-C what would never end, and what stands behind it in the pipe', () => {
    const session = keySession();
    session.run('tail -f /var/log/syslog | grep -c key > count');
    session.advance(30_000);
    expect(session.isBusy).toBe(true);
    expect(session.interrupt()).toMatchObject({ output: '^C\n', code: 130 });
    expect(session.isBusy).toBe(false);
    expect(session.interrupt()).toMatchObject({ output: '', code: undefined });
  });

  it('remembers what was typed', () => {
    const session = keySession();
    shown(session, 'echo a', '  ', 'nothing');
    expect(session.history).toEqual(['echo a', 'nothing']);
    expect(session.run('history').output).toBe('    1  echo a\n    2  nothing\n');
  });
});
