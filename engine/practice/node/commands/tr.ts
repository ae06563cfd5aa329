import { complain, wholeInput, type NodeCommand } from '../node-command.ts';
import { readOptions } from '../options.ts';

/** `tr` */
export const TR: NodeCommand = {
  name: 'tr',
  usage: '[-d] [-s] SET [SET]',
  about: 'puts letters in the places of others, or deletes some',
  *run(io) {
    const options = readOptions(io.args, ['d', 's']);
    const [from = '', to = ''] = options.words.map(lettersOf);
    if (from === '' || (to === '' && !options.has('d', 's'))) return complain(io, `usage: tr ${TR.usage}`);
    const text = yield* wholeInput(io);
    const turned = options.has('d')
      ? [...text].filter((one) => !from.includes(one))
      : [...text].map((one) => turn(one, from, to));
    const squeezed = options.has('s') ? squeeze(turned, to === '' ? from : to) : turned;
    io.output.write(squeezed.join(''));
    return 0;
  },
};

function turn(letter: string, from: string, to: string): string {
  const at = from.indexOf(letter);
  return at === -1 || to === '' ? letter : (to[at] ?? (to.at(-1) as string));
}

function squeeze(letters: readonly string[], set: string): string[] {
  return letters.filter((one, i) => one !== letters[i - 1] || !set.includes(one));
}

/** `a-z\n` written out. */
function lettersOf(set: string): string {
  const plain = set.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\t`, '\t');
  return plain.replaceAll(/([a-zA-Z0-9])-([a-zA-Z0-9])/g, (_, first: string, last: string) => {
    let letters = '';
    for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code++) letters += String.fromCharCode(code);
    return letters;
  });
}
