import { gunzip } from '../../functions/gunzip/gunzip.ts';

/** The conformance data, wherever it lies: captures, upstream rules, what the real Falco answered. Paths begin at its root. */
export interface ConformanceData {
  /** Names of what lies in a folder, sorted. */
  list(folder: string): Promise<readonly string[]>;
  /** The bytes of a file, as they lie there. */
  open(path: string): AsyncIterable<Uint8Array>;
}

/** The bytes of a file, decompressed if it is a gzip file. */
export function decompressed(data: ConformanceData, path: string): AsyncIterable<Uint8Array> {
  return gunzip(data.open(path), {
    report: ({ message }) => {
      throw new Error(`${path}: ${message}`);
    },
  });
}

/** The text of a file, decompressed. */
export async function textOf(data: ConformanceData, path: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of decompressed(data, path)) text += decoder.decode(bytes, { stream: true });
  return text + decoder.decode();
}

/** The lines of a file, decompressed, one after another; a last one without an end counts. */
export async function* linesOf(data: ConformanceData, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of decompressed(data, path)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() as string;
    yield* lines;
  }
  if (rest !== '') yield rest;
}
