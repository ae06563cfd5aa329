import { complain, type NodeCommand } from '../node-command.ts';
import { optionProblem, readOptions } from '../options.ts';
import { eachLine } from './file-input.ts';

/** `cut` */
export const CUT: NodeCommand = {
  name: 'cut',
  usage: '-d CHAR -f LIST | -c LIST [FILE]...',
  about: 'parts of each line',
  *run(io) {
    const options = readOptions(
      io.args,
      ['s'],
      ['d', 'f', 'c', 'delimiter', 'fields', 'characters', 'output-delimiter'],
    );
    const problem = optionProblem(options);
    if (problem !== undefined) return complain(io, problem);
    const fields = options.value('f', 'fields');
    const letters = options.value('c', 'characters');
    const isWanted = rangesOf(fields ?? letters ?? '');
    if (isWanted === undefined) return complain(io, 'say which parts: -f 1,3-5 or -c 1-20');
    const separator = fields === undefined ? '' : (options.value('d', 'delimiter') ?? '\t');
    const between = options.value('output-delimiter') ?? separator;
    const hasFailed = yield* eachLine(io, options.words, (line) => {
      const isWhole = fields !== undefined && !line.includes(separator);
      if (isWhole && options.has('s')) return;
      const parts = fields === undefined ? [...line] : line.split(separator);
      io.output.write(`${isWhole ? line : parts.filter((_, i) => isWanted(i + 1)).join(between)}\n`);
    });
    return hasFailed ? 1 : 0;
  },
};

/** `1,3-5,7-` as a test; undefined where it is none. */
function rangesOf(list: string): ((number: number) => boolean) | undefined {
  const ranges = list.split(',').map((one) => /^(\d{0,9})(-?)(\d{0,9})$/.exec(one));
  if (list === '' || ranges.some((one) => one === null || one[0] === '' || one[0] === '-')) return undefined;
  const bounds = (ranges as RegExpExecArray[]).map(([, from = '', dash, to = '']) => {
    const low = from === '' ? 1 : Number(from);
    return [low, dash === '' ? low : to === '' ? Infinity : Number(to)] as const;
  });
  return (number) => bounds.some(([low, high]) => number >= low && number <= high);
}
