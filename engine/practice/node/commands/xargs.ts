import { wholeInput, type NodeCommand } from '../node-command.ts';

/** `xargs`: one command with all words of the input. */
export const XARGS: NodeCommand = {
  name: 'xargs',
  usage: 'COMMAND...',
  about: 'runs a command with the words that it is given',
  *run(io) {
    const text = yield* wholeInput(io);
    const words = text.split(/\s+/).filter((word) => word !== '');
    const ended = io.start([...(io.args.length === 0 ? ['echo'] : io.args.filter((arg) => arg !== '-r')), ...words]);
    return typeof ended === 'number' ? ended : yield* ended;
  },
};
