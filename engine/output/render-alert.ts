import { isoTime, timeOfDay } from '../fields/evt/time-text.ts';
import type { Alert, AlertRule, JsonValue } from '../model/alert.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { integerOf } from '../model/integer.ts';
import type { Moment } from '../state/moment.ts';
import { fieldJson, fieldText } from './field-text.ts';
import type { ExtraField, Piece, Template } from './template.ts';
import { UTC, type Timezone } from './timezone.ts';

/** What a run, and not a rule, decides about its alerts. */
export interface AlertOptions {
  /** `hostname` of every alert; the word `creance` unless given, never the machine's name. */
  readonly hostname?: string;
  /** Zone of the times that alerts show, UTC unless given. */
  readonly timezone?: Timezone;
  /** Lines begin with date and time in UTC as ISO 8601 instead of the time of day. */
  readonly isoTime?: boolean;
}

/** The hostname of alerts when none is given. */
export const DEFAULT_HOSTNAME = 'creance';

/** The alert of a rule that fired at a moment. */
export function renderAlert(
  rule: AlertRule,
  template: Template,
  moment: Moment,
  options: AlertOptions = {},
  extraFields: readonly ExtraField[] = [],
): Alert {
  const timezone = options.timezone ?? UTC;
  const time = moment.event.time();
  const message = renderText(template, moment, timezone);
  const clock = options.isoTime === true ? isoTime(time, '+0000') : timeOfDay(time, timezone(time), true);
  const outputFields = renderFields(template, moment);
  outputFields.set(options.isoTime === true ? 'evt.time.iso8601' : 'evt.time', integerOf(time));
  for (const extra of extraFields) outputFields.set(extra.key, extraJson(extra, moment, timezone));
  return {
    rule: rule.name,
    priority: rule.priority,
    source: rule.source,
    tags: rule.tags,
    time,
    eventNumber: moment.event.num,
    hostname: options.hostname ?? DEFAULT_HOSTNAME,
    message: toUnicode(message),
    output: toUnicode(`${clock}: ${rule.priority} ${message}`),
    outputFields,
  };
}

/** The text of a template at a moment. */
export function renderText(template: Template, moment: Moment, timezone: Timezone = UTC): ByteString {
  return template.pieces.map((piece) => pieceText(piece, moment, timezone)).join('');
}

/** The fields of a template at a moment, by their keys. */
export function renderFields(template: Template, moment: Moment): Map<string, JsonValue> {
  const values = new Map<string, JsonValue>();
  for (const [key, field] of template.fields) values.set(key, fieldJson(field, moment));
  return values;
}

function pieceText(piece: Piece, moment: Moment, timezone: Timezone): ByteString {
  if (typeof piece === 'string') return piece;
  const text = fieldText(piece.field, moment, timezone);
  return piece.width === 0 ? text : text.slice(0, piece.width).padEnd(piece.width, ' ');
}

function extraJson({ key, template, raw }: ExtraField, moment: Moment, timezone: Timezone): JsonValue {
  if (!raw) return toUnicode(renderText(template, moment, timezone));
  const field = template.fields.get(key);
  return field === undefined ? null : fieldJson(field, moment);
}
