import { complain, type NodeCommand } from '../node-command.ts';
import { optionProblem, readOptions } from '../options.ts';
import { readFiles } from './file-input.ts';

/** `wc` */
export const WC: NodeCommand = {
  name: 'wc',
  usage: '[-l] [-w] [-c] [FILE]...',
  about: 'counts lines, words and characters',
  *run(io) {
    const options = readOptions(io.args, ['l', 'w', 'c', 'm']);
    const problem = optionProblem(options);
    if (problem !== undefined) return complain(io, problem);
    const all = !options.has('l', 'w', 'c', 'm');
    const { files, hasFailed } = yield* readFiles(io, options.words.length === 0 ? ['-'] : options.words);
    const totals = [0, 0, 0];
    const row = (counts: readonly number[], name: string): void => {
      const kept = counts.filter((_, i) => all || options.has(...(['l', 'w', 'cm'][i] as string)));
      const wide = kept.length === 1 && files.length === 1 ? 0 : 7;
      io.output.write(
        `${kept.map((count) => String(count).padStart(wide)).join(' ')}${name === '-' ? '' : ` ${name}`}\n`,
      );
    };
    for (const { name, text } of files) {
      const counts = [text.split('\n').length - 1, text.split(/\s+/).filter((word) => word !== '').length, text.length];
      counts.forEach((count, i) => (totals[i] = (totals[i] as number) + count));
      row(counts, name);
    }
    if (files.length > 1) row(totals, 'total');
    return hasFailed ? 1 : 0;
  },
};
