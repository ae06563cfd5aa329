import { fitsPattern } from '../../../suite/file-path.ts';
import { complain, type NodeCommand } from '../node-command.ts';

/** `find`, by name. */
export const FIND: NodeCommand = {
  name: 'find',
  usage: "[FOLDER] [-name 'PATTERN']",
  about: 'files below a folder, by their names',
  run(io) {
    const [first] = io.args;
    const folder = first === undefined || first.startsWith('-') ? '.' : first;
    const at = io.args.findIndex((arg) => arg === '-name' || arg === '-iname');
    const pattern = at === -1 ? '*' : (io.args[at + 1] ?? '*');
    const path = io.node.resolve(folder);
    if (!io.node.files.isFolder(path)) return complain(io, `'${folder}': No such file or directory`);
    const inside = path === '/' ? '/' : `${path}/`;
    const found = [...io.node.files.all().keys()].filter(
      (one) => one.startsWith(inside) && fitsPattern(pattern, one.slice(one.lastIndexOf('/') + 1)),
    );
    const shown = (one: string): string => (folder.startsWith('/') ? one : `${folder}/${one.slice(inside.length)}`);
    io.output.write(
      found
        .toSorted()
        .map((one) => `${shown(one)}\n`)
        .join(''),
    );
    return 0;
  },
};
