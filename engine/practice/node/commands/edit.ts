import { complain, type NodeCommand } from '../node-command.ts';

/** `edit`, and the names of editors that people's fingers know. */
export const EDIT: NodeCommand = {
  name: 'edit',
  usage: 'FILE',
  about: 'opens a file in an editor; vi, vim and nano do the same',
  run(io) {
    const word = io.args.find((arg) => !/^[-+]/.test(arg));
    if (word === undefined) return complain(io, 'which file?');
    const path = io.node.resolve(word);
    if (io.node.files.isFolder(path)) return complain(io, `${word}: Is a directory`);
    io.node.toEdit = path;
    return 0;
  },
};
