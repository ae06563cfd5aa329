import { paramInfo, type ParamInfo } from './event-flags.ts';
import { EVENT_ROWS } from './event-table.ts';
import { PARAM_TYPES, PRINT_FORMATS, type ParamType, type PrintFormat } from './param-type.ts';

/** One of the 454 event types. An even code is the entry of a syscall (or a tracepoint), an odd one its exit. */
export interface EventType {
  readonly code: number;
  /** Falco's symbol without `PPME_`, unique: `SYSCALL_EXECVE_19_X`. */
  readonly symbol: string;
  /** `evt.type`: shared by the entry, the exit and older layouts. */
  readonly name: string;
  /** Bits of `CATEGORY`. */
  readonly category: number;
  /** Bits of `EVENT_FLAG`. */
  readonly flags: number;
  readonly params: readonly EventParam[];
}

/** A parameter of an event type. */
export interface EventParam {
  readonly name: string;
  readonly type: ParamType;
  readonly print: PrintFormat;
  readonly info: ParamInfo | undefined;
}

/** What an event does, bit by bit (`EF_*`). */
export const EVENT_FLAG = {
  CREATES_FD: 1,
  DESTROYS_FD: 2,
  USES_FD: 4,
  READS_FROM_FD: 8,
  WRITES_TO_FD: 16,
  MODIFIES_STATE: 32,
  UNUSED: 64,
  WAITS: 128,
  SKIP_PARSE_RESET: 256,
  OLD_VERSION: 512,
  LARGE_PAYLOAD: 2048,
  CONVERTER_MANAGED: 4096,
} as const;

/** What an event is: the low bits are one class (`evt.category`), the high ones say where it comes from (`EC_*`). */
export const CATEGORY = {
  UNKNOWN: 0,
  OTHER: 1,
  FILE: 2,
  NET: 3,
  IPC: 4,
  MEMORY: 5,
  PROCESS: 6,
  SLEEP: 7,
  SYSTEM: 8,
  SIGNAL: 9,
  USER: 10,
  TIME: 11,
  PROCESSING: 12,
  IO_READ: 32,
  IO_WRITE: 33,
  IO_OTHER: 34,
  WAIT: 64,
  SCHEDULER: 128,
  INTERNAL: 256,
  SYSCALL: 512,
  TRACEPOINT: 1024,
  PLUGIN: 2048,
  METAEVENT: 4096,
  ITER: 8192,
} as const;

/** All event types; the index is the code. */
export const EVENT_TYPES: readonly EventType[] = EVENT_ROWS.map(([symbol, name, category, flags, params], code) => ({
  code,
  symbol,
  name,
  category,
  flags,
  params: params.map(([param, type, print], index) => ({
    name: param,
    type: PARAM_TYPES[type] as ParamType,
    print: PRINT_FORMATS[print] as PrintFormat,
    info: paramInfo(code, index),
  })),
}));

const BY_SYMBOL = new Map(EVENT_TYPES.map((type) => [type.symbol, type.code]));

/** The code of a symbol (`SYSCALL_OPENAT_2_X`); throws on an unknown one, which is a defect. */
export function eventCode(symbol: string): number {
  const code = BY_SYMBOL.get(symbol);
  if (code === undefined) throw new Error(`unknown event symbol ${symbol}`);
  return code;
}
