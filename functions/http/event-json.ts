import type { FilteredEvent } from '../../engine/filter.ts';
import { jsonObject, jsonText } from '../../engine/output/json-text.ts';

/** An event that was found: the same bytes as `creance filter --json` prints. */
export function eventJson({ number, values }: FilteredEvent): string {
  const members = [...values].map(([name, value]) => [name, jsonText(value)] as const);
  return jsonObject(new Map([['evt.num', String(number)], ...members]));
}
