import { complain, type NodeCommand } from '../node-command.ts';
import { linesOf, readFiles } from './file-input.ts';

/** Lines of two files that are compared; beyond it only whether they differ is told. */
const MOST_LINES = 2_000;

/** `diff`, as `diff -u` without its heads. */
export const DIFF: NodeCommand = {
  name: 'diff',
  usage: 'FILE FILE',
  about: 'lines in which two files differ',
  *run(io) {
    const names = io.args.filter((arg) => arg === '-' || !arg.startsWith('-'));
    if (names.length !== 2) return complain(io, `usage: diff ${DIFF.usage}`, 2);
    const { files, hasFailed } = yield* readFiles(io, names);
    const [old, now] = files.map(({ text }) => linesOf(text));
    if (hasFailed || old === undefined || now === undefined) return 2;
    let first = 0;
    while (first < Math.min(old.length, now.length) && old[first] === now[first]) first++;
    let last = 0;
    while (last < Math.min(old.length, now.length) - first && old.at(-1 - last) === now.at(-1 - last)) last++;
    const [gone, came] = [old.slice(first, old.length - last), now.slice(first, now.length - last)];
    if (gone.length + came.length === 0) return 0;
    if (gone.length + came.length > MOST_LINES) io.output.write(`Files ${names.join(' and ')} differ\n`);
    else {
      const lines = [`@@ line ${first + 1} @@`, ...gone.map((line) => `-${line}`), ...came.map((line) => `+${line}`)];
      io.output.write(`${lines.join('\n')}\n`);
    }
    return 1;
  },
};
