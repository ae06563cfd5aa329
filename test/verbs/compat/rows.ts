import { Filtering, readQuery } from '../../../engine/filter.ts';
import { DetectingReader } from '../../../engine/trace/detecting-reader.ts';

/** What Creance says of every event of a trace: one row each, with the fields that were asked for, as text. */
export function creanceRows(trace: Uint8Array, fields: readonly string[]): string[][] {
  const rows: string[][] = [];
  const { query } = readQuery('evt.num > 0', fields);
  if (query === undefined) throw new Error(`these fields can't be asked for: ${fields.join(' ')}`);
  const filtering = new Filtering(query, {
    onEvent: ({ texts }) => void rows.push(fields.map((field) => texts.get(field) ?? '<NA>')),
  });
  const reader = new DetectingReader(filtering);
  reader.push(trace);
  reader.end();
  return rows;
}
