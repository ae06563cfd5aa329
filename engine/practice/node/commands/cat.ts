import type { NodeCommand } from '../node-command.ts';
import { readFiles } from './file-input.ts';

/** `cat`, and `less` and `more`, which show all at once here. */
export const CAT: NodeCommand = {
  name: 'cat',
  usage: '[FILE]...',
  about: 'writes files, or what it is given',
  *run(io) {
    const isNumbered = io.args.includes('-n');
    const names = io.args.filter((arg) => arg === '-' || !arg.startsWith('-'));
    const { files, hasFailed } = yield* readFiles(io, names.length === 0 ? ['-'] : names);
    const whole = files.map(({ text }) => text).join('');
    let number = 0;
    io.output.write(
      isNumbered ? whole.replaceAll(/^.+$|^\n/gm, (line) => `${String(++number).padStart(6)}\t${line}`) : whole,
    );
    return hasFailed ? 1 : 0;
  },
};
