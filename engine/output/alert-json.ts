import { isoTime } from '../fields/evt/time-text.ts';
import type { Alert } from '../model/alert.ts';
import { jsonObject, jsonString, jsonText } from './json-text.ts';

/** Which properties a JSON alert has beside the fixed ones; Falco's options and defaults. */
export interface AlertJsonOptions {
  /** `json_include_output_property`, true unless given. */
  readonly includeOutput?: boolean;
  /** `json_include_message_property`, false unless given. */
  readonly includeMessage?: boolean;
  /** `json_include_output_fields_property`, true unless given. */
  readonly includeOutputFields?: boolean;
  /** `json_include_tags_property`, true unless given. */
  readonly includeTags?: boolean;
}

/** An alert as the line of JSON that Falco prints, without its end of line: keys sorted, integers with all their digits. */
export function alertJson(alert: Alert, options: AlertJsonOptions = {}): string {
  const members: [string, string][] = [
    ['hostname', jsonString(alert.hostname)],
    ['priority', jsonString(alert.priority)],
    ['rule', jsonString(alert.rule)],
    ['source', jsonString(alert.source)],
    ['time', jsonString(isoTime(alert.time, 'Z'))],
  ];
  if (options.includeMessage === true) members.push(['message', jsonString(alert.message)]);
  if (options.includeOutput !== false) members.push(['output', jsonString(alert.output)]);
  if (options.includeTags !== false) members.push(['tags', jsonText(alert.tags)]);
  if (options.includeOutputFields !== false) members.push(['output_fields', outputFieldsJson(alert)]);
  return jsonObject(members);
}

/** `output_fields` alone. */
export function outputFieldsJson({ outputFields }: Alert): string {
  return jsonObject([...outputFields].map(([key, value]) => [key, jsonText(value)] as const));
}
