import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Input } from './target.ts';
import type { Failure } from './watched-worker.ts';

/** The folder whose cases are replayed by the tests. */
export const CASES = fileURLToPath(new URL('../cases/fuzz', import.meta.url));

/** A piece of a text, or a piece and how often it comes. */
type Piece = string | { readonly times: number; readonly piece: string };

/** An input that failed once, as it lies in a file: with what it did, and as text piece by piece or as base64. */
interface CaseFile {
  readonly did: string;
  readonly seed: string;
  readonly text?: readonly Piece[];
  readonly base64?: string;
}

/** An input that failed once. */
export interface Case {
  readonly target: string;
  readonly name: string;
  readonly did: string;
  readonly input: Input;
}

/** All cases, by target. */
export function readCases(): Case[] {
  return readdirSync(CASES).flatMap((target) =>
    readdirSync(join(CASES, target)).map((file) => {
      const { did, text, base64 } = JSON.parse(readFileSync(join(CASES, target, file), 'utf8')) as CaseFile;
      const input = text === undefined ? new Uint8Array(Buffer.from(base64 ?? '', 'base64')) : joined(text);
      return { target, name: file.replace(/\.json$/, ''), did, input };
    }),
  );
}

/** Writes what failed as a case; answers where it lies. */
export function writeCase(folder: string, target: string, failure: Failure, seed: string): string {
  const { kind, input, error } = failure;
  const [did = ''] = error.split('\n');
  const content =
    typeof input === 'string' ? { text: piecesOf(input) } : { base64: Buffer.from(input).toString('base64') };
  const file: CaseFile = { did, seed, ...content };
  const name = `${kind}-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8)}.json`;
  const path = join(folder, target, name);
  mkdirSync(join(folder, target), { recursive: true });
  writeFileSync(path, `${JSON.stringify(file, undefined, 2)}\n`);
  return relative(process.cwd(), path);
}

function joined(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.piece.repeat(piece.times))).join('');
}

/** Lines, and what is repeated many times once only. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: run, 1: piece = '', index } of text.matchAll(/([^]{1,80}?)\1{30,}/g)) {
    pieces.push(...linesOf(text.slice(from, index)), { times: run.length / piece.length, piece });
    from = index + run.length;
  }
  return [...pieces, ...linesOf(text.slice(from))];
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
