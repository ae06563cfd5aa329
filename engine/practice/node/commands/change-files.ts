import { folderOf } from '../../../suite/file-path.ts';
import { complain, wholeInput, type CommandIo, type NodeCommand } from '../node-command.ts';
import { readOptions } from '../options.ts';

/** `cp` */
export const CP: NodeCommand = {
  name: 'cp',
  usage: 'FROM... TO',
  about: 'copies files',
  run: (io) => carried(io, false),
};

/** `mv` */
export const MV: NodeCommand = {
  name: 'mv',
  usage: 'FROM... TO',
  about: 'moves files, or gives them other names',
  run: (io) => carried(io, true),
};

function carried(io: CommandIo, isMoved: boolean): number {
  const { files } = io.node;
  const words = readOptions(io.args, ['f', 'v', 'p', 'a', 'r', 'n', 'i']).words;
  const to = words.at(-1);
  if (to === undefined || words.length < 2) return complain(io, `usage: ${io.name} FROM... TO`);
  const target = io.node.resolve(to);
  for (const from of words.slice(0, -1)) {
    const path = io.node.resolve(from);
    const text = files.read(path);
    if (text === undefined) return complain(io, `cannot stat '${from}': No such file or directory`);
    const name = path.slice(path.lastIndexOf('/') + 1);
    const place = files.isFolder(target) ? io.node.resolve(name, target) : target;
    if (place === path) return complain(io, `'${from}' and '${to}' are the same file`);
    const problem = files.write(place, text);
    if (problem !== undefined) return complain(io, `cannot create '${to}': ${problem}`);
    if (isMoved) files.remove(path);
  }
  return 0;
}

/** `rm` */
export const RM: NodeCommand = {
  name: 'rm',
  usage: '[-r] [-f] FILE...',
  about: 'removes files',
  run(io) {
    const { files } = io.node;
    const options = readOptions(io.args, ['r', 'R', 'f', 'v']);
    if (options.unknown !== undefined) return complain(io, `unknown option ${options.unknown}`);
    let code = 0;
    for (const word of options.words) {
      const path = io.node.resolve(word);
      if (files.remove(path)) continue;
      if (!files.isFolder(path)) {
        if (!options.has('f')) code = complain(io, `cannot remove '${word}': No such file or directory`);
      } else if (!options.has('r', 'R')) code = complain(io, `cannot remove '${word}': Is a directory`);
      else if (path === '/') code = complain(io, "it is dangerous to operate recursively on '/'");
      else files.removeFolder(path);
    }
    return code;
  },
};

/** `mkdir` */
export const MKDIR: NodeCommand = {
  name: 'mkdir',
  usage: '[-p] FOLDER...',
  about: 'makes folders',
  run(io) {
    const { files } = io.node;
    const options = readOptions(io.args, ['p', 'v'], ['m']);
    let code = 0;
    for (const word of options.words) {
      const path = io.node.resolve(word);
      const isThere = files.isFolder(path) || files.read(path) !== undefined;
      const why = isThere ? (options.has('p') && files.isFolder(path) ? undefined : 'File exists') : whyNot(path);
      if (why !== undefined) code = complain(io, `cannot create directory '${word}': ${why}`);
    }
    return code;

    function whyNot(path: string): string | undefined {
      if (!options.has('p') && !files.isFolder(folderOf(path))) return 'No such file or directory';
      return files.makeFolder(path);
    }
  },
};

/** `touch` */
export const TOUCH: NodeCommand = {
  name: 'touch',
  usage: 'FILE...',
  about: 'makes empty files',
  run(io) {
    let code = 0;
    for (const word of io.args) {
      const path = io.node.resolve(word);
      const problem = io.node.files.isFolder(path) ? undefined : io.node.files.append(path, '');
      if (problem !== undefined) code = complain(io, `cannot touch '${word}': ${problem}`);
    }
    return code;
  },
};

/** `tee` */
export const TEE: NodeCommand = {
  name: 'tee',
  usage: '[-a] FILE...',
  about: 'writes what it is given into files as well',
  *run(io) {
    const { files } = io.node;
    const options = readOptions(io.args, ['a']);
    const text = yield* wholeInput(io);
    io.output.write(text);
    let code = 0;
    for (const word of options.words) {
      const path = io.node.resolve(word);
      const problem = options.has('a') ? files.append(path, text) : files.write(path, text);
      if (problem !== undefined) code = complain(io, `${word}: ${problem}`);
    }
    return code;
  },
};
