import { UsageError, type Flag, type Given } from './command.ts';

/** `--to`, for commands that write a trace. */
export const ENCODING_FLAG: Flag = {
  name: 'to',
  value: 'ENCODING',
  choices: ['scap', 'jsonl'],
  help: 'the encoding, where the name of the output does not tell',
};

/** The encoding that `--to` or the name of the output asks for. */
export function targetEncoding(path: string, given: Given): 'scap' | 'jsonl' {
  const asked = given.flag('to');
  if (asked === 'scap' || /\.scap(\.gz)?$/.test(path)) return 'scap';
  if (asked === 'jsonl' || /\.jsonl(\.gz)?$/.test(path)) return 'jsonl';
  throw new UsageError(`say the encoding of ${path} with --to scap or --to jsonl`);
}
