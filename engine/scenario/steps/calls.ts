import { EVENT_TYPES } from '../../model/event-types.ts';
import { NATIVE_SYSCALLS, SYSCALL_NAMES } from '../../model/syscalls.ts';
import { word } from '../language/scalars.ts';
import { verb } from '../verb.ts';

const NAMED = new Set(EVENT_TYPES.map((type) => type.name));
/** Syscalls that have no event of their own, by name: the portable number. */
const GENERIC = Object.fromEntries(
  SYSCALL_NAMES.flatMap((name, number) => (NAMED.has(name) || number === 0 ? [] : [[name, number] as const])),
);
const NATIVE = new Map(
  Object.entries(NATIVE_SYSCALLS.x86_64 ?? {}).map(([native, portable]) => [portable, Number(native)]),
);

/** A process does a syscall of which nothing but the name is reported. */
export const CALLS = verb({
  words: 'calls',
  about: 'Does a syscall of which Falco reports nothing but its name.',
  example: 'exploit calls: kexec_load',
  object: word('syscall without a verb', GENERIC),
  keys: {},
  perform({ stage, process, object }) {
    stage.emit(process, 'GENERIC_X', [object, NATIVE.get(object) ?? 0]);
    return undefined;
  },
});
