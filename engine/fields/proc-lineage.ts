import type { ByteString } from '../model/byte-string.ts';
import { MAX_ANCESTORS } from '../model/limits.ts';
import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';
import type { Thread } from '../state/thread.ts';
import { argsText, commandLineText } from './command-line.ts';
import { environmentText, environmentValue } from './environment.ts';
import type { Family, FieldProblem, Reading } from './field.ts';
import { ancestorEntries, ancestorProcess, parentProcess } from './lineage.ts';
import { nonexistent, ofThread } from './reading.ts';
import { scanNumber } from './scanned-number.ts';

type ThreadText = (thread: Thread) => ByteString;

const exe: ThreadText = (thread) => thread.exe;
const exepath: ThreadText = (thread) => thread.exepath;
const comm: ThreadText = (thread) => thread.comm;

/** The parent and the further ancestors of a process. */
export const PROC_LINEAGE: Family = {
  'proc.pexe': ofParent(exe),
  'proc.aexe': ancestorText('proc.aexe', exe),
  'proc.pexepath': ofParent(exepath),
  'proc.aexepath': ancestorText('proc.aexepath', exepath),
  'proc.pname': ofParent(comm),
  'proc.aname': ancestorText('proc.aname', comm),
  'proc.aargs': aargs,
  'proc.pcmdline': ofParent(commandLineText),
  'proc.acmdline': ancestorText('proc.acmdline', commandLineText),
  'proc.aenv': aenv,
  'proc.ppid': ofThread((thread) => shownId(parentProcess(thread)?.pid)),
  'proc.apid': apid,
  'proc.pvpid': ofThread((thread) => thread.parent?.vpid),
  'proc.loginshellid': ofThread(loginShell),
};

function ofParent(text: ThreadText): Reading {
  return ofThread((thread) => {
    const parent = parentProcess(thread);
    return parent === undefined ? undefined : text(parent);
  });
}

/**
 * `NAME[N]` reads ancestor N, 0 being the process itself. Without an index a condition tests each ancestor on its own,
 * and an output prints all of them.
 */
function ancestorText(name: string, text: ThreadText): (argument: string | undefined) => Reading | FieldProblem {
  return (argument) => {
    const steps = argument === undefined ? -1 : scanNumber(argument, 32);
    if (steps === undefined) return nonexistent(name, argument);
    if (steps !== -1) return ofAncestor(steps, text);
    return { ...ofThread((thread) => joinedAncestors(thread, text)), ...eachAncestor(text) };
  };
}

/** `proc.aargs[N]`; without an index also a condition tests the joined text. */
function aargs(argument: string | undefined): Reading | FieldProblem {
  const steps = argument === undefined ? -1 : scanNumber(argument, 32);
  if (steps === undefined) return nonexistent('proc.aargs', argument);
  return steps === -1 ? ofThread((thread) => joinedAncestors(thread, argsText)) : ofAncestor(steps, argsText);
}

/** `proc.apid[N]`; without an index an output prints the process itself. */
function apid(argument: string | undefined): Reading | FieldProblem {
  const steps = argument === undefined ? -1 : scanNumber(argument, 32);
  if (steps === undefined) return nonexistent('proc.apid', argument);
  if (steps !== -1) return ofThread((thread) => shownId(ancestorOrNone(thread, steps)?.pid));
  return { ...ofThread((thread) => shownId(thread.main?.pid)), ...eachAncestor((ancestor) => ancestor.pid) };
}

/** How far up `proc.aenv[NAME]` looks, as in Falco. */
const MAX_ENVIRONMENT_STEPS = 20;

/**
 * `proc.aenv[NAME]` is the nearest ancestor's value that isn't empty. `proc.aenv` and `proc.aenv[N]` test the whole
 * environment of each ancestor in a condition; an output prints that of ancestor N, the process's own without N.
 */
function aenv(argument: string | undefined): Reading {
  if (argument !== undefined && !/^[0-9]*$/.test(argument))
    return ofThread((thread) => inheritedValue(thread, argument));
  const steps = argument === undefined || argument === '' ? 0 : (scanNumber(argument, 32) ?? 0);
  return { ...ofThread((thread) => inheritedEnvironment(thread, steps)), ...eachAncestor(environmentText) };
}

function inheritedEnvironment(thread: Thread, steps: number): ByteString | undefined {
  if (steps < 1) return environmentText(thread);
  if (thread.main === undefined) return '';
  if (steps > MAX_ANCESTORS) return undefined;
  let entry: Thread | undefined = thread.main;
  for (let i = 0; i < steps && entry !== undefined; i++) entry = entry.parent;
  return entry === undefined ? undefined : environmentText(entry);
}

function inheritedValue(thread: Thread, name: ByteString): ByteString {
  let entry = thread.main?.parent;
  for (let i = 0; i < MAX_ENVIRONMENT_STEPS && entry !== undefined; i++, entry = entry.parent) {
    const value = environmentValue(entry, name);
    if (value !== '') return value;
  }
  return '';
}

function ofAncestor(steps: number, text: ThreadText): Reading {
  return ofThread((thread) => {
    const ancestor = ancestorOrNone(thread, steps);
    return ancestor === undefined ? undefined : text(ancestor);
  });
}

/** A negative index counts as a huge one in Falco. */
function ancestorOrNone(thread: Thread, steps: number): Thread | undefined {
  return steps < 0 ? undefined : ancestorProcess(thread, steps);
}

function eachAncestor(value: (thread: Thread) => Value): Pick<Reading, 'candidates' | 'ownComparison'> {
  return {
    ownComparison: 'ancestors',
    candidates: (moment: Moment) =>
      moment.thread === undefined ? undefined : ancestorEntries(moment.thread)?.map((ancestor) => value(ancestor)),
  };
}

/** Texts that come before the first one with anything in it leave no blank. */
function joinedAncestors(thread: Thread, text: ThreadText): ByteString | undefined {
  let joined = '';
  for (const ancestor of ancestorEntries(thread) ?? []) joined += (joined === '' ? '' : ' ') + text(ancestor);
  return joined === '' ? undefined : joined;
}

/** The oldest process of the line, itself included, whose name ends in `sh`. */
function loginShell(thread: Thread): number | undefined {
  if (thread.main === undefined) return undefined;
  let pid: number | undefined;
  for (const process of [thread.main, ...(ancestorEntries(thread) ?? [])]) {
    if (process.comm.endsWith('sh')) pid = process.pid;
  }
  return pid;
}

/** Ids outside what Linux can give are not shown. */
function shownId(id: number | undefined): number | undefined {
  return id !== undefined && id >= -1 && id <= 0xffffffff ? id : undefined;
}
