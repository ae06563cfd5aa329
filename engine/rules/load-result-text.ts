import type { Diagnostic, DiagnosticLocation } from '../model/diagnostic.ts';
import { codeRow } from './codes.ts';
import type { LoadResult } from './loader.ts';

const RULE = '------\n';

/** The results as `falco -V` prints them on its standard output. Warnings of a file that loads are left out there. */
export function loadResultsText(results: readonly LoadResult[]): string {
  const texts = results.map((result) => {
    const quiet = result.successful && result.warnings.length > 0;
    return quiet ? `${result.source.name}: Ok, with warnings` : loadResultText(result);
  });
  return `${texts.join('\n')}\n`;
}

/** All that Falco says of one file. */
export function loadResultText(result: LoadResult): string {
  const { source, schema, errors, warnings } = result;
  let text = `${source.name}: ${verdict(result)}`;
  if (schema !== undefined && !schema.valid) {
    const lines = schema.warnings.map((warning) => `${RULE}${warning}\n`);
    text += `\n${schema.warnings.length} Schema warnings:\n${lines.join('')}${RULE}`;
  }
  if (errors.length > 0) text += `\n${errors.length} Errors:\n${errors.map(entryText).join('')}`;
  if (warnings.length > 0) text += `\n${warnings.length} Warnings:\n${warnings.map(entryText).join('')}`;
  return text;
}

function verdict({ successful, warnings }: LoadResult): string {
  if (!successful) return 'Invalid';
  return warnings.length > 0 ? 'Ok, with warnings' : 'Ok';
}

function entryText({ code, message, locations = [], snippet = '', deprecatedField }: Diagnostic): string {
  const places = locations
    .map((location, index) => `${index === 0 ? 'In ' : '    '}${locationText(location)}\n`)
    .join('');
  const about = deprecatedField === undefined ? '' : `: field '${deprecatedField}'`;
  return `${places}${RULE}${snippet}${RULE}${code} (${codeRow(code).short}${about}): ${message}\n`;
}

function locationText({ itemType, itemName, position: { name, line, column } }: DiagnosticLocation): string {
  return `${itemType}${itemName === '' ? '' : ` '${itemName}'`}: (${name}:${line}:${column})`;
}
