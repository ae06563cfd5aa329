import { dateParts } from '../date-text.ts';
import { complain, type NodeCommand } from '../node-command.ts';
import { optionProblem, readOptions } from '../options.ts';

/** `ls`, and `ll` */
export const LS: NodeCommand = {
  name: 'ls',
  usage: '[-l] [-1] [PATH]...',
  about: 'names of files',
  run(io) {
    const { node, output } = io;
    const options = readOptions(io.args, ['l', 'a', '1', 'h', 'A', 't', 'r', 'R', 'd']);
    const problem = optionProblem(options);
    if (problem !== undefined) return complain(io, problem, 2);
    const isLong = options.has('l');
    let code = 0;
    const words = options.words.length === 0 ? ['.'] : options.words;
    const long = (name: string, path: string): string => {
      const text = node.files.read(path);
      const { month, date, clock } = dateParts(node.now);
      const size = String(text?.length ?? 4096).padStart(7);
      return `${text === undefined ? 'drwxr-xr-x 2' : '-rw-r--r-- 1'} root root ${size} ${month} ${date} ${clock.slice(0, 5)} ${name}`;
    };
    for (const word of words) {
      const path = node.resolve(word);
      if (!node.files.isFolder(path)) {
        if (node.files.read(path) === undefined)
          code = complain(io, `cannot access '${word}': No such file or directory`, 2);
        else output.write(`${isLong ? long(word, path) : word}\n`);
        continue;
      }
      const names = options.has('d')
        ? [word]
        : node.files.names(path).filter((name) => options.has('a', 'A') || !name.startsWith('.'));
      if (words.length > 1) output.write(`${word}:\n`);
      const isColumn = isLong || options.has('1') || !io.isTerminal;
      const lines = isLong ? names.map((name) => long(name, node.resolve(name, path))) : names;
      if (lines.length > 0) output.write(`${lines.join(isColumn ? '\n' : '  ')}\n`);
    }
    return code;
  },
};
