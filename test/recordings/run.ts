import { execFileSync } from 'node:child_process';

/** Runs a program and gives what it says; throws with its last words when it fails. */
export function run(program: string, ...words: string[]): string {
  try {
    return execFileSync(program, words, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 }).toString();
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? '').trim();
    throw new Error(`${program} ${words.join(' ')}: ${said === '' ? String(error) : said}`, { cause: error });
  }
}
