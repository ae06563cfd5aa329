import type { Integer } from '../model/integer.ts';
import { integerOf } from '../model/integer.ts';
import type { Thread } from '../state/thread.ts';
import { argsLength, argsText, commandLineText, exeLineText } from './command-line.ts';
import { environmentText, environmentValue } from './environment.ts';
import type { Family, FieldProblem, Reading } from './field.ts';
import { nonexistent, ofThread } from './reading.ts';
import { scanNumber } from './scanned-number.ts';

/** What program a process runs, with what arguments and environment, and what is known of the program's file. */
export const PROC_PROGRAM: Family = {
  'proc.exe': ofThread((thread) => thread.exe),
  'proc.exepath': ofThread((thread) => thread.exepath),
  'proc.name': ofThread((thread) => thread.comm),
  'proc.args': args,
  'proc.cmdline': ofThread(commandLineText),
  'proc.cmdnargs': ofThread((thread) => thread.args.length),
  'proc.cmdlenargs': ofThread(argsLength),
  'proc.exeline': ofThread(exeLineText),
  'proc.env': env,
  'proc.cwd': ofThread((thread) => thread.workingDirectory),
  'proc.is_exe_writable': ofThread((thread) => thread.exeWritable),
  'proc.is_exe_upper_layer': ofThread((thread) => thread.exeUpperLayer),
  'proc.is_exe_lower_layer': ofThread((thread) => thread.exeLowerLayer),
  'proc.is_exe_from_memfd': ofThread((thread) => thread.exeFromMemfd),
  'proc.exe_ino': ofThread((thread) => unlessZero(signed(thread.exeInode))),
  'proc.exe_ino.ctime': ofThread((thread) => unlessZero(thread.exeCtime)),
  'proc.exe_ino.mtime': ofThread((thread) => unlessZero(thread.exeMtime)),
  'proc.exe_ino.ctime_duration_proc_start': ofThread((thread) => unlessZero(thread.exeCtimeToStart)),
  'proc.exe_ino.ctime_duration_pidns_start': ofThread((thread) => unlessZero(thread.exeCtimeToPidnsStart)),
};

/** `proc.args`, or `proc.args[N]`: one argument, counted without argv[0]; empty where there are fewer. */
function args(argument: string | undefined): Reading | FieldProblem {
  if (argument === undefined) return ofThread(argsText);
  const index = scanNumber(argument, 32);
  if (index === undefined) return nonexistent('proc.args', argument);
  return index < 0 ? ofThread(argsText) : ofThread((thread: Thread) => thread.args[index] ?? '');
}

/** `proc.env`, or `proc.env[NAME]`. A name of digits alone, like none, means all variables. */
function env(argument: string | undefined): Reading {
  if (argument === undefined || /^[0-9]*$/.test(argument)) return ofThread(environmentText);
  return ofThread((thread: Thread) => environmentValue(thread, argument));
}

function unlessZero(value: Integer): Integer | undefined {
  return value === 0 ? undefined : value;
}

/** Inodes are unsigned on the wire and signed in the field. */
function signed(value: Integer): Integer {
  return typeof value === 'bigint' ? integerOf(BigInt.asIntN(64, value)) : value;
}
