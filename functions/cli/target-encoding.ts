import type { TargetEncoding } from '../../engine/convert.ts';
import { UsageError, type Flag, type Given } from './command.ts';

/** `--to`, for commands that write a trace. */
export const ENCODING_FLAG: Flag = {
  name: 'to',
  value: 'ENCODING',
  choices: ['scap', 'jsonl'],
  help: 'the encoding, where the name of the output does not tell',
};

/** `--compat`, for commands that write a trace. */
export const COMPAT_FLAG: Flag = {
  name: 'compat',
  help: 'write scap for older readers too, such as the sysdig of Debian',
};

/** The encoding that `--to` or the name of the output asks for. */
export function targetEncoding(path: string, given: Given): TargetEncoding {
  const named = namedEncoding(path, given);
  if (!given.has('compat')) return named;
  if (named === 'jsonl') throw new UsageError('--compat is about scap; lines of JSON have no older readers');
  return 'compat';
}

function namedEncoding(path: string, given: Given): 'scap' | 'jsonl' {
  const asked = given.flag('to');
  if (asked === 'scap' || /\.scap(\.gz)?$/.test(path)) return 'scap';
  if (asked === 'jsonl' || /\.jsonl(\.gz)?$/.test(path)) return 'jsonl';
  throw new UsageError(`say the encoding of ${path} with --to scap or --to jsonl`);
}
