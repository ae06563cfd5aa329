import type { ByteString } from '../../model/byte-string.ts';
import type { Event } from '../../model/event.ts';
import { EVENT_TYPES } from '../../model/event-types.ts';
import type { ParamType } from '../../model/param-type.ts';
import type { Moment } from '../../state/moment.ts';
import type { Reading } from '../field.ts';
import { codesWhere, GENERIC_EXIT } from './event-codes.ts';
import { ParamColumn } from './param/text-column.ts';
import { paramMeaning, paramText, paramValue } from './param/text.ts';

/** Types whose texts come again and again, so that a verdict about one is worth remembering. */
const RECURRING: ReadonlySet<ParamType> = new Set([
  'CHARBUF',
  'FSPATH',
  'FSRELPATH',
  'FLAGS8',
  'FLAGS16',
  'FLAGS32',
  'ENUMFLAGS8',
  'ENUMFLAGS16',
  'ENUMFLAGS32',
  'MODE',
  'UID',
  'GID',
  'SIGTYPE',
  'SYSCALLID',
]);

/** `evt.arg[N]`: the parameter at a position from 0, as text. */
export function numberedArgument(position: number): Reading {
  const text = (moment: Moment, inBase64: boolean) =>
    isPresent(position, moment.event.paramCount) ? paramText(moment, position, inBase64) : undefined;
  return {
    subject: 'event',
    eventTypes: codesWhere((type) => isPresent(position, type.params.length)),
    read: (moment) => text(moment, false),
    ...shownAs(text),
  };
}

/** `evt.arg.NAME`: the parameter of this name as text; the same reading for every use of the name. */
export function namedArgument(name: string): Reading {
  if (!PARAM_NAMES.has(name)) return NOWHERE;
  let reading = named.get(name);
  if (reading === undefined) named.set(name, (reading = argumentReading(`text:evt.arg.${name}`, positionsOf(name))));
  return reading;
}

/** Names of parameters; nothing is remembered for others, of which there is no end. */
const PARAM_NAMES = new Set(EVENT_TYPES.flatMap(({ params }) => params.map(({ name }) => name)));

/** Readings by parameter name, of which the event table has some hundreds. */
const named = new Map<string, Reading>();

/** Where each event type has the parameter of this name; -1 where it has none. */
export function positionsOf(name: string): readonly number[] {
  return EVENT_TYPES.map((type) => type.params.findIndex((param) => param.name === name));
}

/** What outputs show: the text that conditions see, save for buffers. */
function shownAs(text: (moment: Moment, inBase64: boolean) => ByteString | undefined) {
  const printed = (moment: Moment) => text(moment, moment.system.base64Buffers);
  return { printed, json: printed };
}

/** What a name that no event has reads. */
const NOWHERE = argumentReading(
  'text:evt.arg',
  EVENT_TYPES.map(() => -1),
);

/** `evt.args`: all parameters as `name=value`, with what the value means in parentheses. */
export const ALL_ARGUMENTS: Reading = { subject: 'event', read: (moment) => allArguments(moment) };

function argumentReading(column: `text:${string}`, positions: readonly number[]): Reading {
  const eventTypes = codesWhere((type) => isPresent(positions[type.code] as number, type.params.length));
  const text = (moment: Moment, inBase64: boolean): ByteString | undefined => {
    const index = positions[moment.event.type] as number;
    return isPresent(index, moment.event.paramCount) ? paramText(moment, index, inBase64) : undefined;
  };
  const read = (moment: Moment): ByteString | undefined => text(moment, false);
  const recurs = [...eventTypes].some((code) => RECURRING.has(typeAt(code, positions)));
  if (!recurs) return { subject: 'event', eventTypes, read, ...shownAs(text) };
  const texts = new ParamColumn();
  return {
    subject: column,
    eventTypes,
    read,
    column: (moment) => {
      const index = positions[moment.event.type] as number;
      return isPresent(index, moment.event.paramCount) ? texts.at(moment, index) : undefined;
    },
  };
}

function typeAt(code: number, positions: readonly number[]): ParamType {
  return EVENT_TYPES[code]?.params[positions[code] as number]?.type as ParamType;
}

function isPresent(index: number, count: number): boolean {
  return index >= 0 && index < count;
}

function allArguments(moment: Moment): ByteString {
  const { event, system } = moment;
  if (event.type === GENERIC_EXIT) return '';
  return paramNames(event)
    .map((name, index) => {
      const meaning = paramMeaning(moment, index);
      const value = `${name}=${paramValue(moment, index, system.base64Buffers)}`;
      return meaning === '' ? value : `${value}(${meaning})`;
    })
    .join(' ');
}

function paramNames(event: Event): string[] {
  return event.info.params.slice(0, event.paramCount).map((param) => param.name);
}
