import type { ByteString } from '../../../model/byte-string.ts';
import { EVENT_TYPES, type EventParam } from '../../../model/event-types.ts';
import type { ParamType } from '../../../model/param-type.ts';
import { SYSCALL_NAMES } from '../../../model/syscalls.ts';
import type { Moment } from '../../../state/moment.ts';
import { groupText, userText } from './account-text.ts';
import { errorName } from './error-names.ts';
import { fileText } from './file-text.ts';
import { FlagTexts } from './flag-names.ts';
import { secondsText } from './number-text.ts';
import { resolvedPathText } from './path-text.ts';
import { recordedText } from './recorded-text.ts';
import { signalName } from './signal-names.ts';
import { signedAt, unsigned32At, unsignedAt } from './wire.ts';

/** Names of each flags parameter, by event code and index; made when first asked for. */
const flagTexts: (FlagTexts | undefined)[][] = EVENT_TYPES.map(() => []);

/**
 * What a value means, where its type gives it a meaning beyond the number; empty otherwise.
 *
 * @param type the parameter's type, or the one that a variant parameter chose
 * @param start where the value lies in the event's bytes
 */
export function meaningText(moment: Moment, index: number, type: ParamType, start: number, length: number): ByteString {
  const { event } = moment;
  switch (type) {
    case 'FLAGS8':
    case 'FLAGS16':
    case 'FLAGS32':
    case 'ENUMFLAGS8':
    case 'ENUMFLAGS16':
    case 'ENUMFLAGS32':
    case 'MODE':
      return namesOf(event.type, index).of(unsigned32At(event.view, start, length));
    case 'FSPATH':
    case 'FSRELPATH':
      return resolvedPathText(moment, index, recordedText(event.bytes, start, length));
    case 'FD':
      return fileText(moment, Number(signedAt(event.view, start, length)));
    case 'PID':
      return moment.system.threads.get(Number(signedAt(event.view, start, length)))?.comm ?? '';
    case 'ERRNO':
      return errorMeaning(Number(signedAt(event.view, start, length)));
    case 'UID':
      return userText(moment, unsigned32At(event.view, start, length));
    case 'GID':
      return groupText(moment, unsigned32At(event.view, start, length));
    case 'SYSCALLID':
      return SYSCALL_NAMES[Number(unsignedAt(event.view, start, length))] ?? '';
    case 'SIGTYPE':
      return signalName(Number(unsignedAt(event.view, start, length)));
    case 'RELTIME':
      return durationMeaning(event.view, start, length);
    default:
      return '';
  }
}

/** The names of a flags parameter. */
export function namesOf(code: number, index: number): FlagTexts {
  const ofType = flagTexts[code] as (FlagTexts | undefined)[];
  return (ofType[index] ??= new FlagTexts(EVENT_TYPES[code]?.params[index] as EventParam));
}

function errorMeaning(result: number): string {
  return result < 0 ? errorName(result) : '';
}

function durationMeaning(view: DataView, start: number, length: number): string {
  const value = unsignedAt(view, start, length);
  return value === 0xffff_ffff_ffff_ffffn ? '' : secondsText(value);
}
