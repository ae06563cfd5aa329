import { EVENT_TYPES, eventCode } from '../model/event-types.ts';
import { PARAM_SIZES } from '../model/param-type.ts';
import type { ProcessEntry } from '../model/snapshot.ts';

/** What a field's value comes from, where a trace may not carry that at all. */
export type FieldSource =
  /** What only a plugin knows. */
  | { readonly kind: 'plugin'; readonly plugin: string }
  /** What runtimes tell of containers, in events. */
  | { readonly kind: 'containers' }
  /** Names of addresses, which are given with a trace. */
  | { readonly kind: 'hosts' }
  /** A parameter of the event itself. */
  | { readonly kind: 'event'; readonly param: string; readonly positions: ParamPositions }
  /** A parameter of the event that starts a program, or what the list of processes at the start says. */
  | {
      readonly kind: 'process';
      readonly param: string;
      readonly positions: ParamPositions;
      isTold(entry: ProcessEntry): boolean;
    };

/** Where event types have a parameter, by event code; -1 where they have none. */
export type ParamPositions = readonly number[];

const UNKNOWN_ID = 0xffff_ffff;
const NAMED_PARAM = /^evt\.(?:raw)?arg\.(.+)$/;
/** Facts of the container plugin that need no word of a runtime, and those that never have a value. */
const NOT_TOLD = /^container\.(id|start_ts|duration|healthcheck|liveness_probe|readiness_probe)$/;
const TOLD_OF_PODS = /^k8s\.(pod\.|ns\.name$)/;

/** Events that tell of a process all that is known of its program. */
const PROGRAM_EVENTS: ReadonlySet<number> = new Set(
  ['SYSCALL_EXECVE_19_X', 'SYSCALL_EXECVEAT_X', 'ITER_TASK_E'].map(eventCode),
);

/** Facts of a process that recorders did not always record. */
const PROCESS_FACTS: readonly (readonly [fields: RegExp, param: string, isTold: (entry: ProcessEntry) => boolean])[] = [
  [/^proc\.is_exe_(writable|upper_layer|lower_layer|from_memfd)$/, 'flags', hasExeFlags],
  [/^proc\.exe_ino$/, 'exe_ino', ({ exeInode }) => exeInode !== 0],
  [/^proc\.exe_ino\.ctime/, 'exe_ino_ctime', ({ exeCtime }) => exeCtime !== 0],
  [/^proc\.exe_ino\.mtime$/, 'exe_ino_mtime', ({ exeMtime }) => exeMtime !== 0],
  [/^thread\.cap_inheritable$/, 'cap_inheritable', ({ capInheritable }) => capInheritable !== 0],
  [/^thread\.cap_permitted$/, 'cap_permitted', ({ capPermitted }) => capPermitted !== 0],
  [/^thread\.cap_effective$/, 'cap_effective', ({ capEffective }) => capEffective !== 0],
  [/^proc\.tty$/, 'tty', ({ tty }) => tty !== 0],
  [/^proc\.(vpgid(\..*)?|is_vpgid_leader)$/, 'vpgid', ({ vpgid }) => vpgid !== -1],
  [/^proc\.(pgid(\..*)?|is_pgid_leader)$/, 'pgid', ({ pgid }) => pgid !== -1],
  [/^user\.login(uid|name)$/, 'loginuid', ({ loginuid }) => loginuid !== UNKNOWN_ID],
];

/** By parameter: how the list of processes at the start tells of a fact that recorders did not always record. */
export const TOLD_AT_START: ReadonlyMap<string, (entry: ProcessEntry) => boolean> = new Map(
  PROCESS_FACTS.map(([, param, isTold]) => [param, isTold]),
);

/**
 * The source of a field as a condition names it, or undefined for one that every trace can answer. Parameters count that
 * have a fixed size: they are never empty where they were recorded.
 */
export function fieldSource(name: string, argument: string | undefined): FieldSource | undefined {
  if (name.startsWith('k8smeta.')) return { kind: 'plugin', plugin: 'k8smeta' };
  if (name.startsWith('container.')) return NOT_TOLD.test(name) ? undefined : { kind: 'containers' };
  if (TOLD_OF_PODS.test(name)) return { kind: 'containers' };
  if (/^fd\.[cslr]ip\.name$/.test(name)) return { kind: 'hosts' };
  if (name === 'evt.arg' && argument !== undefined) return numberedParam(Number(argument));
  const param = NAMED_PARAM.exec(name)?.[1];
  if (param !== undefined) return ofEvent(param, positionsOf(param));
  const fact = PROCESS_FACTS.find(([fields]) => fields.test(name));
  if (fact === undefined) return undefined;
  const positions = positionsOf(fact[1]).map((at, code) => (PROGRAM_EVENTS.has(code) ? at : -1));
  return { kind: 'process', param: fact[1], positions, isTold: fact[2] };
}

function numberedParam(position: number): FieldSource | undefined {
  const positions = EVENT_TYPES.map(({ params }) => (isSized(params[position]?.type) ? position : -1));
  return ofEvent(String(position), positions);
}

function ofEvent(param: string, positions: ParamPositions): FieldSource | undefined {
  return positions.some((at) => at >= 0) ? { kind: 'event', param, positions } : undefined;
}

function positionsOf(name: string): ParamPositions {
  return EVENT_TYPES.map(({ params }) => params.findIndex((param) => param.name === name && isSized(param.type)));
}

function isSized(type: keyof typeof PARAM_SIZES | undefined): boolean {
  return type !== undefined && PARAM_SIZES[type] !== undefined;
}

function hasExeFlags(entry: ProcessEntry): boolean {
  return entry.exeWritable || entry.exeUpperLayer || entry.exeLowerLayer || entry.exeFromMemfd;
}
