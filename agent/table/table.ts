import { eventCode, EVENT_TYPES } from '../../engine/model/event-types.ts';
import { SYSCALL_NAMES } from '../../engine/model/syscalls.ts';
import { fixed } from './params.ts';
import type { Param, ParamAt, Row, RowSpec, Step } from './row.ts';
import { DESCRIPTOR_ROWS } from './rows-descriptors.ts';
import { FILE_ROWS } from './rows-files.ts';
import { NETWORK_ROWS } from './rows-network.ts';
import { IDENTITY_ROWS, LIFE_ROWS, MEMORY_ROWS } from './rows-processes.ts';
import { TRANSFER_ROWS } from './rows-transfers.ts';
import { SYSCALL_NUMBERS } from './x86-64.ts';

/** Syscalls that the kernel part can tell by number; the last number stands for the end of a thread. */
export const MAX_SYSCALLS = 512;
/** The number under which the end of a thread is selected. */
export const PROCEXIT = 511;
/** Steps that the kernel part takes for one call. */
export const MAX_STEPS = 8;

const SPECS: readonly RowSpec[] = [
  ...FILE_ROWS,
  ...DESCRIPTOR_ROWS,
  ...TRANSFER_ROWS,
  ...NETWORK_ROWS,
  ...LIFE_ROWS,
  ...IDENTITY_ROWS,
  ...MEMORY_ROWS,
];

/** Rows by syscall number: those with an event of their own, and for every other syscall one that tells its number. */
export const TABLE: readonly (Row | undefined)[] = buildTable();

/** The row of the end of a thread: its parameters are written by the transcoder. */
export const PROCEXIT_ROW: Row = rowOf(['procexit', 'process', 'PROCEXIT_1_E', [], 'life'], PROCEXIT);

/** Rows by the name of the syscall. */
export const ROWS_BY_NAME: ReadonlyMap<string, Row> = new Map(
  TABLE.flatMap((row) => (row === undefined ? [] : [[row.syscall, row] as const])),
);

/** True for a syscall whose event carries its arguments. */
export function hasOwnEvent(row: Row): boolean {
  return row.symbol !== 'GENERIC_X';
}

function buildTable(): readonly (Row | undefined)[] {
  const table: (Row | undefined)[] = Array.from({ length: MAX_SYSCALLS });
  for (const [name, number] of Object.entries(SYSCALL_NUMBERS)) {
    if (number < PROCEXIT) table[number] = rowOf([name, 'other', 'GENERIC_X', generic(name, number)], number);
  }
  for (const spec of SPECS) {
    const number = SYSCALL_NUMBERS[spec[0]];
    if (number === undefined) throw new Error(`x86-64 has no syscall ${spec[0]}`);
    table[number] = rowOf(spec, number);
  }
  return table;
}

/** Calls that never return tell nothing, and those that return to somewhere else tell too little. */
function generic(name: string, number: number): readonly ParamAt[] {
  return [fixed(Math.max(0, SYSCALL_NAMES.indexOf(name))), fixed(number)];
}

function rowOf([syscall, category, symbol, specs, life]: RowSpec, number: number): Row {
  const code = eventCode(symbol);
  const most = EVENT_TYPES[code]?.params.length ?? 0;
  if (specs.length > most) throw new Error(`${symbol} has ${most} parameters, not ${specs.length}`);
  const params: readonly Param[] = specs.map((spec, index) => spec({ code, index }));
  const steps = distinct(params.flatMap((param) => param.steps));
  if (steps.length > MAX_STEPS) throw new Error(`${syscall} takes ${steps.length} steps, more than ${MAX_STEPS}`);
  return { syscall, number, category, isLife: life === 'life', symbol, code, params, steps };
}

function distinct(steps: readonly Step[]): readonly Step[] {
  const known = new Map(steps.map((step) => [`${step.kind}.${step.a}.${step.b}`, step]));
  return [...known.values()];
}
