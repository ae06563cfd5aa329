import type { ParamInput } from '../../model/event-builder.ts';
import type { EventParam, EventType } from '../../model/event-types.ts';
import { bytesOf, toUnicode, type ByteString } from '../../model/byte-string.ts';
import { nearest } from '../../model/nearest.ts';
import { SIGNAL } from '../language/signal.ts';
import { AT_FDCWD } from './open.ts';
import type { Process } from '../stage/process.ts';
import { Refusal } from '../stage/refusal.ts';
import type { Stage } from '../stage/stage.ts';

/** What a story says of a syscall's parameters, by their names in events. */
export type Arguments = ReadonlyMap<ByteString, readonly ByteString[]>;

const INTEGER = /^-?(0x[0-9a-fA-F]{1,16}|\d{1,19})$/;
const FILES: readonly string[] = ['FD', 'FD32'];
const TEXTS: readonly string[] = ['CHARBUF', 'FSPATH', 'FSRELPATH'];

/**
 * The parameters of a syscall's event. What the story does not say is 0, an empty text, or no open file.
 *
 * @param result what the first parameter holds: a result, or the number of an open file
 */
export function parametersOf(
  stage: Stage,
  process: Process,
  type: EventType,
  said: Arguments,
  result: number,
): readonly ParamInput[] {
  const known = type.params.map(({ name }) => name).filter((name, index) => index > 0 || name === 'res');
  for (const name of said.keys()) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const hint = near === undefined ? `it has ${known.join(', ')}` : `did you mean '${near}'?`;
    throw refused(`${type.name} has no parameter '${toUnicode(name)}'`, hint);
  }
  return type.params.map((param, index) => {
    const words = said.get(param.name);
    if (index === 0 && (words === undefined || result !== 0)) return result;
    return words === undefined ? usual(param) : valueOf(stage, process, param, words);
  });
}

function usual({ name, type }: EventParam): ParamInput {
  if (TEXTS.includes(type)) return '';
  if (FILES.includes(type)) return name === 'dirfd' ? AT_FDCWD : -1;
  return NUMBERS.has(type) ? 0 : undefined;
}

const NUMBERS: ReadonlySet<string> = new Set(
  (
    'INT8 INT16 INT32 INT64 UINT8 UINT16 UINT32 UINT64 ERRNO FD FD32 PID PID32 FLAGS8 FLAGS16 FLAGS32 ENUMFLAGS8 ENUMFLAGS16 ' +
    'ENUMFLAGS32 UID GID SIGTYPE MODE SIGSET BOOL'
  ).split(' '),
);

function valueOf(stage: Stage, process: Process, param: EventParam, words: readonly ByteString[]): ParamInput {
  const text = words.join(' ');
  if (TEXTS.includes(param.type)) return text;
  if (param.type === 'BYTEBUF') return bytesOf(text);
  if (!NUMBERS.has(param.type)) throw refused(`'${param.name}' can't be said in a story`);
  const numbers = words.map((word) => numberOf(stage, process, param, word));
  return numbers.reduce((all, number) =>
    typeof all === 'bigint' || typeof number === 'bigint' ? number : all | number,
  );
}

function numberOf(stage: Stage, process: Process, param: EventParam, word: ByteString): number | bigint {
  if (INTEGER.test(word)) {
    const value = word.startsWith('-') ? -BigInt(word.slice(1)) : BigInt(word);
    return value >= -0x80000000n && value <= 0x7fffffffn ? Number(value) : value;
  }
  if (FILES.includes(param.type)) return stage.handle(process, word, 'arguments');
  if (param.type === 'PID' || param.type === 'PID32') {
    const other = stage.actor(word, 'arguments');
    return process.place.isHost ? other.tid : other.vtid;
  }
  const table = param.type === 'SIGTYPE' ? Object.entries(SIGNAL) : (param.info?.flags ?? []);
  const found = [...table].find(([name]) => name === word);
  if (found !== undefined) return Number(found[1]);
  const near = nearest(
    word,
    [...table].map(([name]) => name),
  );
  const hint = near === undefined ? 'a number, or a word that Falco shows for it' : `did you mean '${near}'?`;
  throw refused(`'${param.name}' can't be '${toUnicode(word)}'`, hint);
}

function refused(message: string, hint?: string): Refusal {
  return new Refusal('SCENARIO_VALUE', 'arguments', message, hint);
}
