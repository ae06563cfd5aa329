import { beforeEach, describe, expect, it } from 'vitest';
import { NodeDesk } from '../../../functions/web/page/judge/node-desk.ts';
import { gradePractice, openPractice } from '../../../functions/web/page/judge/practice.ts';
import { isBegun, writtenIn, filesWith } from '../../../functions/web/page/practice/written-files.ts';
import { choiceOf } from './written.ts';

const TASK = choiceOf('find-culprit/asks-for-credentials', '1');
const LOCAL = '/etc/falco/falco_rules.local.yaml';

describe('the node of a practice task in the worker', () => {
  let desk: NodeDesk;
  beforeEach(() => {
    desk = new NodeDesk();
    desk.open({ task: TASK, files: undefined });
  });

  it('runs lines, remembers them, and tells which files they changed', () => {
    const { output, history, changed } = desk.act({ kind: 'run', line: 'echo pod: x > /root/answers.yaml; hostname' });
    expect(output).toBe('node-1\n');
    expect(history).toEqual(['echo pod: x > /root/answers.yaml; hostname']);
    expect(changed).toContainEqual(['/root/answers.yaml', 'pod: x\n']);
    expect(desk.act({ kind: 'run', line: 'rm /root/answers.yaml' }).changed).toContainEqual([
      '/root/answers.yaml',
      null,
    ]);
  });

  it('asks for more where a line is not whole, and runs nothing', () => {
    expect(desk.act({ kind: 'run', line: 'cat << EOF' })).toMatchObject({ isOpen: true, output: '' });
    expect(desk.act({ kind: 'run', line: 'cat << EOF\nhello\nEOF' })).toMatchObject({
      isOpen: false,
      output: 'hello\n',
    });
  });

  it('takes files of the editor, which the service reads', () => {
    desk.act({ kind: 'save', files: [[LOCAL, '- macro: mine\n  condition: evt.type = open\n']] });
    expect(desk.act({ kind: 'run', line: `grep -c mine ${LOCAL}` }).output).toBe('1\n');
    expect(desk.act({ kind: 'save', files: [['/etc', 'a folder']] }).output).toMatch(/^\/etc: /);
  });

  it('holds the terminal while a command waits, until it is interrupted', () => {
    expect(desk.act({ kind: 'run', line: 'sleep 100' }).isBusy).toBe(true);
    expect(desk.act({ kind: 'advance', ms: 1_000 }).isBusy).toBe(true);
    expect(desk.act({ kind: 'interrupt' })).toMatchObject({ isBusy: false, output: '^C\n' });
  });

  it('completes words, and names a file that is to be edited', () => {
    expect(desk.act({ kind: 'complete', line: 'cat /etc/fal' }).completion).toEqual({
      from: 4,
      words: ['/etc/falco/'],
    });
    expect(desk.act({ kind: 'run', line: `vi ${LOCAL}` }).edit).toBe(LOCAL);
  });

  it('is gone on with from what was kept, and graded by it', async () => {
    const { files: first } = openPractice(TASK).sheet;
    const begun = filesWith(first, desk.open({ task: TASK, files: undefined }).changed);
    expect(isBegun(writtenIn(begun, first))).toBe(false);
    const { changed } = desk.act({ kind: 'run', line: 'cd /etc/falco; echo pod: y > /root/answers.yaml' });
    const kept = filesWith(Object.fromEntries(begun), changed);
    expect(isBegun(writtenIn(kept, first))).toBe(true);
    expect(new NodeDesk().open({ task: TASK, files: [...kept] }).prompt).toBe('root@node-1:/etc/falco# ');
    const { checks } = await gradePractice({ task: TASK, files: [...kept].map(([name, text]) => ({ name, text })) });
    expect(checks[0]?.feedback).toEqual(["'pod' is not y"]);
  });

  it('is none where a task has none', () => {
    const task = choiceOf('write-rules/vault-folder-opened', '1');
    expect(() => new NodeDesk().open({ task, files: undefined })).toThrow('no node');
  });
});
