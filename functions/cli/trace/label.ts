import type { ServiceClient } from '../../client/service-client.ts';
import { EXIT, UsageError, type Given, type Terminal } from '../command.ts';
import { labelFrom } from './label-flag.ts';
import { labelsText } from './words.ts';

/** `creance trace label ID KEY=VALUE... KEY-...`. */
export async function label(
  client: ServiceClient,
  words: readonly string[],
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const [id, ...changes] = words;
  if (id === undefined || changes.length === 0) {
    throw new UsageError('trace label ID KEY=VALUE: which label? KEY- takes one away');
  }
  const labels = Object.fromEntries(
    changes.map((text) => (text.endsWith('-') && !text.includes('=') ? [text.slice(0, -1), null] : labelFrom(text))),
  );
  const trace = await client.call('PATCH /v1/traces/{id}', { params: { id }, body: { labels } });
  await terminal.write(given.has('json') ? `${JSON.stringify(trace)}\n` : `${trace.id}  ${labelsText(trace.labels)}\n`);
  return EXIT.YES;
}
