import { PARAM_SIZES } from '../../engine/model/param-type.ts';
import { EVENT_TYPES, type EventParam } from '../../engine/model/event-types.ts';
import { FAULT, MEMORY_PART, RETURN, SECTION } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import type { EventOutput } from '../transcode/event-output.ts';
import { bitsAt, type KernelBits, type Translation } from './flags.ts';
import { ON_SUCCESS, STEP, type Param, type ParamAt, type Place, type Step } from './row.ts';

/** A parameter that nothing is collected for. */
export const absent: ParamAt = () => ({ steps: [], write: (_, output) => output.absent() });

/** What the call returned. */
export const result: ParamAt = () => ({
  steps: [],
  write: (record, output) => output.uint64(record.result, record.resultHigh),
});

/** An argument as it is, in the size that the parameter has. */
export function plain(argument: number): ParamAt {
  return (place) => {
    const size = sizeAt(place);
    return {
      steps: [],
      write: (record, output) => output.sized(size, record.low(argument), record.high(argument)),
    };
  };
}

/** A signed 32-bit argument: a descriptor, an id, a number. */
export function int(argument: number): ParamAt {
  return (place) => {
    const size = sizeAt(place);
    return {
      steps: [],
      write: (record, output) => {
        const low = record.low(argument);
        output.sized(size, low, low >= 0x80000000 ? 0xffffffff : 0);
      },
    };
  };
}

/** An unsigned 32-bit argument in a parameter that can be larger. */
export function uint(argument: number): ParamAt {
  return mapped(argument, (value) => value);
}

/** An argument that is told as something else. */
export function mapped(argument: number, translate: Translation): ParamAt {
  return (place) => {
    const size = sizeAt(place);
    return { steps: [], write: (record, output) => output.sized(size, translate(record.low(argument)), 0) };
  };
}

/** A number that never changes. */
export function fixed(low: number, high = 0): ParamAt {
  return (place) => {
    const size = sizeAt(place);
    return { steps: [], write: (_, output) => output.sized(size, low, high) };
  };
}

/** Flags of an argument. */
export function bits(argument: number, kernel: KernelBits): ParamAt {
  return (place) => mapped(argument, bitsAt(place, kernel))(place);
}

/** The text that an argument points at; absent where it could not be read. */
export function text(argument: number): ParamAt {
  return () => ({
    steps: [step(STEP.TEXT, argument)],
    write: (record, output) => writeText(record, output, record.find(SECTION.TEXT, argument)),
  });
}

/** The same, told only where the call succeeded. */
export function textOfSuccess(argument: number): ParamAt {
  return () => ({
    steps: [onSuccess(step(STEP.TEXT, argument))],
    write: (record, output) => writeText(record, output, record.find(SECTION.TEXT, argument)),
  });
}

/** The first bytes of a buffer that a call filled. */
export function filled(pointer: number): ParamAt {
  return () => ({ steps: [onSuccess(step(STEP.DATA, pointer))], write: dataWriter(pointer, 0) });
}

/** The first bytes of a buffer that a call was given. */
export function data(pointer: number, size: number): ParamAt {
  return () => ({ steps: [step(STEP.DATA, pointer, size)], write: dataWriter(pointer, 0) });
}

/** The first bytes of a list of buffers. */
export function vector(list: number, count: number): ParamAt {
  return () => ({ steps: [step(STEP.VECTOR, list, count)], write: dataWriter(list, 8) });
}

/** The same of buffers that a call filled. */
export function filledVector(list: number, count: number): ParamAt {
  return () => ({
    steps: [step(STEP.VECTOR, list, count)],
    write: (record, output) => (record.result < 0 ? output.absent() : dataWriter(list, 8)(record, output)),
  });
}

/** How many bytes a list of buffers has, or the buffers of a message. */
export function vectorSize(list: number, count?: number): ParamAt {
  return (place) => {
    const size = sizeAt(place);
    return {
      steps: [count === undefined ? step(STEP.MESSAGE, list) : step(STEP.VECTOR, list, count)],
      write: (record, output) => {
        const at = bytesAt(record, SECTION.DATA, list, 8);
        output.sized(size, at === -1 ? 0 : record.uint32(at), 0);
      },
    };
  };
}

/** The first bytes of a message. */
export function message(argument: number): ParamAt {
  return () => ({ steps: [step(STEP.MESSAGE, argument)], write: dataWriter(argument, 8) });
}

/** How a number behind a pointer is read. */
export interface Pointed {
  readonly offset?: number;
  readonly size?: 4 | 8;
  readonly signed?: boolean;
  /** Told where it can't be read; 0 unless given. */
  readonly otherwise?: number;
  /** The call puts it there, so it is nothing where the call failed. */
  readonly isOutput?: boolean;
  readonly as?: Translation;
}

/** A number that lies `offset` bytes behind where an argument points; of `bytes` collected there. */
export function pointed(argument: number, bytes: number, options: Pointed = {}): ParamAt {
  const { offset = 0, size = 4, signed = false, otherwise = 0, isOutput = false, as } = options;
  const collected = step(STEP.VALUE, argument, bytes);
  return (place) => {
    const target = sizeAt(place);
    const missing = otherwise < 0 ? 0xffffffff : 0;
    return {
      steps: [isOutput ? onSuccess(collected) : collected],
      write: (record, output) => {
        const at = bytesAt(record, SECTION.VALUE, argument, offset + size);
        if (at === -1) return output.sized(target, otherwise >>> 0, missing);
        const low = record.uint32(at + offset);
        if (size === 8) return output.sized(target, low, record.uint32(at + offset + 4));
        output.sized(target, as === undefined ? low : as(low), signed && low >= 0x80000000 ? 0xffffffff : 0);
      },
    };
  };
}

/** Memory of the calling process, in kB. */
export function memory(offset: keyof typeof MEMORY_PART): ParamAt {
  return () => ({
    steps: [step(STEP.MEMORY, 0)],
    write: (record, output) => {
      const at = bytesAt(record, SECTION.MEMORY, 0, 12);
      output.uint32(at === -1 ? 0 : record.uint32(at + MEMORY_PART[offset]));
    },
  });
}

/** A set of capabilities of the calling thread, by its place among the three. */
export function capabilities(place: 0 | 1 | 2): ParamAt {
  return () => ({
    steps: [step(STEP.RIGHTS, 0)],
    write: (record, output) => {
      const at = bytesAt(record, SECTION.RIGHTS, 0, 24);
      if (at === -1) output.uint64(0, 0);
      else output.uint64(record.uint32(at + place * 8), record.uint32(at + place * 8 + 4));
    },
  });
}

/** A parameter that combines a step with a way of its own to be written. */
export function written(steps: readonly Step[], write: Param['write']): ParamAt {
  return () => ({ steps, write });
}

/** A parameter for which more is collected than it says itself. */
export function withSteps(param: ParamAt, steps: readonly Step[]): ParamAt {
  return (place) => {
    const own = param(place);
    return { steps: [...own.steps, ...steps], write: own.write };
  };
}

/** A step of the kernel part. */
export function step(kind: Step['kind'], a: number, b = 0): Step {
  return { kind, a, b };
}

/** The same step, taken only where the call succeeded. */
export function onSuccess(of: Step): Step {
  return { ...of, a: of.a | ON_SUCCESS };
}

/** The step about the file, or the socket, that a call returned. */
export const RETURNED_FILE = step(STEP.FILE, RETURN);

/** Where the bytes of a section lie if it could be read and has as many; -1 otherwise. */
export function bytesAt(record: Record, tag: number, note: number, least: number): number {
  const section = record.find(tag, note);
  if (section === -1 || (record.lengths[section] as number) < least) return -1;
  return (record.faults[section] as number) & FAULT.UNREADABLE ? -1 : (record.starts[section] as number);
}

/** Bytes that a parameter's value has. */
export function sizeAt({ code, index }: Place): number {
  const param = EVENT_TYPES[code]?.params[index] as EventParam;
  const size = PARAM_SIZES[param.type];
  if (size === undefined) throw new Error(`parameter ${param.name} of event ${code} has no fixed size`);
  return size;
}

/** Writes the text of a section; absent where there is none. */
export function writeText(record: Record, output: EventOutput, section: number): void {
  if (section === -1 || (record.faults[section] as number) & FAULT.UNREADABLE) return output.absent();
  output.text(record.bytes, record.starts[section] as number, record.lengths[section] as number);
}

function dataWriter(note: number, skipped: number): Param['write'] {
  return (record, output) => {
    const section = record.find(SECTION.DATA, note);
    if (section === -1) return output.absent();
    const length = (record.lengths[section] as number) - skipped;
    output.copy(record.bytes, (record.starts[section] as number) + skipped, Math.max(0, length));
  };
}
