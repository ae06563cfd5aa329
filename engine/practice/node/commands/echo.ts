import type { NodeCommand } from '../node-command.ts';

/** `echo` */
export const ECHO: NodeCommand = {
  name: 'echo',
  usage: '[-n] WORD...',
  about: 'writes words',
  run({ args, output }) {
    const [first] = args;
    const hasEnd = first !== '-n';
    output.write(`${args.slice(hasEnd ? 0 : 1).join(' ')}${hasEnd ? '\n' : ''}`);
    return 0;
  },
};
