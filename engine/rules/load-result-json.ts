import type { Diagnostic } from '../model/diagnostic.ts';
import type { Source, Span } from '../model/source.ts';
import { codeRow } from './codes.ts';
import type { LoadResult } from './loader.ts';

/**
 * The results as Falco prints them with `json_output: true`: one line, keys in order. Each entry has one key more,
 * `creance`, with the exact place (lines and columns from one, offsets in characters from zero) and a hint; each result
 * has the key `lints`.
 */
export function loadResultsJson(results: readonly LoadResult[]): string {
  return JSON.stringify({ falco_load_results: results.map(resultJson) });
}

function resultJson({ source, successful, errors, warnings, lints, schema }: LoadResult): object {
  return {
    errors: errors.map(entryJson),
    lints: lints.map(lintJson),
    name: source.name,
    ...(schema !== undefined && { schema_valid: schema.valid, schema_warnings: schema.warnings }),
    successful,
    warnings: warnings.map(entryJson),
  };
}

function entryJson(diagnostic: Diagnostic): object {
  const { code, message, locations = [], snippet = '', deprecatedField } = diagnostic;
  return {
    code,
    codedesc: codeRow(code).long,
    context: {
      locations: locations.map(({ itemName, itemType, position: { column, line, name, offset } }) => ({
        item_name: itemName,
        item_type: itemType,
        position: { column, line, name, offset },
      })),
      snippet,
    },
    creance: exactJson(diagnostic),
    ...(deprecatedField !== undefined && { deprecated_field: deprecatedField }),
    message,
  };
}

function lintJson(diagnostic: Diagnostic): object {
  return { code: diagnostic.code, creance: exactJson(diagnostic), message: diagnostic.message };
}

function exactJson({ hint, span }: Diagnostic): object {
  return { ...(hint !== undefined && { hint }), ...(span !== undefined && { span: spanJson(span) }) };
}

function spanJson({ source, start, end }: Span): object {
  return { end: placeJson(source, end), name: source.name, start: placeJson(source, start) };
}

function placeJson(source: Source, at: number): object {
  const { line, column, offset } = source.position(at);
  return { column: column + 1, line: line + 1, offset };
}
