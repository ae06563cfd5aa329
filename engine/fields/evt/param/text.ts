import type { ByteString } from '../../../model/byte-string.ts';
import type { Event } from '../../../model/event.ts';
import { EVENT_TYPES, type EventParam } from '../../../model/event-types.ts';
import { PARAM_TYPES, type ParamType } from '../../../model/param-type.ts';
import type { Moment } from '../../../state/moment.ts';
import { printable } from '../../../state/printable.ts';
import { dateAndTime } from '../time-text.ts';
import { base64Text, dottedText } from './bytes-text.ts';
import { fileListText } from './file-text.ts';
import { meaningText } from './meaning.ts';
import { paramIntegerText } from './number-text.ts';
import { NOT_RECORDED, recordedText } from './recorded-text.ts';
import { signalSetText } from './signal-names.ts';
import { addressText, tupleText } from './socket-text.ts';
import { signed32At, signedAt, unsigned32At, unsignedAt } from './wire.ts';

/** What stands for no time limit. */
const NO_DURATION = 0xffff_ffff_ffff_ffffn;

/** Types of which an empty parameter prints as NULL; of all others it prints as <NA>. */
const NULL_WHEN_EMPTY: ReadonlySet<ParamType> = new Set([
  'BYTEBUF',
  'SOCKTUPLE',
  'FDLIST',
  'CHARBUFARRAY',
  'CHARBUF_PAIR_ARRAY',
  'DYN',
]);

/**
 * A parameter as `evt.arg` shows it: what its value means where that is known, else the bare value. Conditions see
 * buffers with dots also where outputs show them in base64.
 */
export function paramText(moment: Moment, index: number, inBase64 = false): ByteString {
  return paramMeaning(moment, index) || paramValue(moment, index, inBase64);
}

/** What a parameter's value means: names of flags, an error, a file, a process, an account; empty where it means itself. */
export function paramMeaning(moment: Moment, index: number): ByteString {
  const { event } = moment;
  const length = event.length(index);
  if (length === 0) return '';
  const param = paramOf(event, index);
  const start = event.starts[index] as number;
  const type = typeOf(event, param, start);
  return param.type === 'DYN'
    ? meaningText(moment, index, type, start + 1, length - 1)
    : meaningText(moment, index, type, start, length);
}

/** A parameter's bare value as text. */
export function paramValue(moment: Moment, index: number, inBase64 = false): ByteString {
  const { event } = moment;
  const param = paramOf(event, index);
  const length = event.length(index);
  if (length === 0) return NULL_WHEN_EMPTY.has(param.type) ? 'NULL' : NOT_RECORDED;
  const start = event.starts[index] as number;
  const type = typeOf(event, param, start);
  return param.type === 'DYN'
    ? valueText(moment, param, type, start + 1, length - 1, inBase64)
    : valueText(moment, param, type, start, length, inBase64);
}

function paramOf(event: Event, index: number): EventParam {
  return (EVENT_TYPES[event.type] as { params: readonly EventParam[] }).params[index] as EventParam;
}

/** A variant parameter begins with the number of its type. */
function typeOf(event: Event, param: EventParam, start: number): ParamType {
  if (param.type !== 'DYN') return param.type;
  const choice = param.info?.dyn?.[event.bytes[start] as number];
  return choice === undefined ? 'DYN' : (PARAM_TYPES[choice] as ParamType);
}

function valueText(
  moment: Moment,
  param: EventParam,
  type: ParamType,
  start: number,
  length: number,
  inBase64: boolean,
): ByteString {
  const { bytes, view } = moment.event;
  switch (type) {
    case 'CHARBUF':
      return recordedText(bytes, start, length);
    case 'FSPATH':
    case 'FSRELPATH':
      return printable(recordedText(bytes, start, length));
    case 'BYTEBUF':
      return (inBase64 ? base64Text : dottedText)(bytes.subarray(start, start + length));
    case 'SOCKADDR':
      return addressText(bytes.subarray(start, start + length));
    case 'SOCKTUPLE':
      return tupleText(bytes.subarray(start, start + length));
    case 'FDLIST':
      return fileListText(moment.thread, view, start, length);
    case 'SIGSET':
      return signalSetText(unsigned32At(view, start, length));
    case 'ABSTIME':
      return dateAndTime(BigInt(unsignedAt(view, start, length)), 0, true);
    case 'DYN':
      return 'INVALID DYNAMIC PARAMETER';
    default:
      return numberText(view, param, type, start, length);
  }
}

function numberText(view: DataView, param: EventParam, type: ParamType, start: number, length: number): ByteString {
  switch (type) {
    case 'INT8':
    case 'INT16':
    case 'INT32':
      return paramIntegerText(signedAt(view, start, length), 32, param.print);
    case 'UINT8':
    case 'UINT16':
    case 'MODE':
      return paramIntegerText(unsignedAt(view, start, length), 32, param.print);
    // Printed as signed in Falco.
    case 'UINT32':
      return paramIntegerText(signed32At(view, start, length), 32, param.print);
    case 'INT64':
    case 'UINT64':
      return paramIntegerText(signedAt(view, start, length), 64, param.print);
    case 'UID':
    case 'GID':
      return String(signed32At(view, start, length));
    case 'FD':
    case 'PID':
    case 'ERRNO':
      return String(signedAt(view, start, length));
    case 'RELTIME':
      return unsignedAt(view, start, length) === NO_DURATION ? 'none' : String(unsignedAt(view, start, length));
    case 'FLAGS8':
    case 'FLAGS16':
    case 'FLAGS32':
    case 'ENUMFLAGS8':
    case 'ENUMFLAGS16':
    case 'ENUMFLAGS32':
    case 'SIGTYPE':
    case 'SYSCALLID':
      return String(unsignedAt(view, start, length));
    default:
      return '(n.a.)';
  }
}
