import { spanOf, type Node } from '../../document/node.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { lines, quoted, written, type Entry } from './yaml-text.ts';

/** What a name of the suite stands for in the story. */
export type Bound =
  | { readonly kind: 'file'; readonly handle: string; readonly path?: string }
  | { readonly kind: 'actor'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** Letters that a comment can't hold. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g;

/** A story while a test is translated into it: what is known so far, what is written, what got lost. */
export class StoryDraft {
  /** The process in which resources and steps happen. */
  actor = 'test';
  readonly machine: [string, string | ReadonlyMap<string, string>][] = [];
  readonly container: Entry[number][] = [];
  readonly users = new Map<string, string>();
  readonly expected: Entry[number][] = [];
  /** By what a binding says: `client.fd` behind the name of a resource. */
  readonly bound = new Map<string, Bound>();
  readonly diagnostics: Diagnostic[] = [];
  readonly #head: string[] = [];
  readonly #steps: string[] = [];
  /** Names that are given, and how often each was wanted. */
  readonly #names = new Map<string, number>([
    ['host', 1],
    ['generator', 1],
    ['box', 1],
  ]);

  /** Says that something of the suite is not in the story, at its place. */
  lose(node: Node, message: string, where: 'head' | 'steps' = 'steps'): undefined {
    this.diagnostics.push({ code: 'IMPORT_LOST', severity: 'warning', message, span: spanOf(node) });
    const [first, ...rest] = message.trimEnd().split(/\r\n|\r|\n|\u0085|\u2028|\u2029/);
    const plain = (line = '') => line.replaceAll(CONTROL, ' ');
    const comment = [
      `Not translated, line ${node.mark.line + 1}: ${plain(first)}`,
      ...rest.map((line) => `    ${plain(line)}`),
    ];
    if (where === 'head') this.#head.push(...comment.map((line) => `# ${line}`));
    else this.#steps.push(...comment.map((line) => `  # ${line}`));
    return undefined;
  }

  /** A comment between the steps. */
  remark(text: string): void {
    this.#steps.push(`  # ${text.replaceAll(CONTROL, ' ')}`);
  }

  /** Writes a step: its sentence and further keys. */
  step(sentence: string, object: Entry[number][1], keys: Entry = []): void {
    const [first, ...rest] = lines([[sentence, object], ...keys.filter(([, value]) => value !== undefined)], '    ');
    this.#steps.push(`  - ${(first as string).trimStart()}`, ...rest);
  }

  /** A name of the suite as one that a story may give, and that nothing else has. */
  name(wanted: string): string {
    const plain = wanted.replaceAll(/[^\w.-]+/g, '_').replace(/^[^A-Za-z]+/, '') || 'x';
    let name = plain;
    while (this.#names.has(name)) {
      const wantedSoFar = (this.#names.get(plain) ?? 1) + 1;
      this.#names.set(plain, wantedSoFar);
      name = `${plain}_${wantedSoFar}`;
    }
    this.#names.set(name, 1);
    return name;
  }

  /** The whole file. */
  text(title: string, story: string, cases: readonly ReadonlyMap<string, string>[]): string {
    const out = [`# ${title}`, ...this.#head, `story: ${quoted(story)}`];
    if (cases.length > 0) out.push('', 'cases:', ...cases.map((values) => `  - ${written(values)}`));
    if (this.users.size > 0 && this.container.length === 0) this.machine.push(['users', this.users]);
    if (this.machine.length > 0) out.push('', 'machine:', ...lines(this.machine, '  '));
    if (this.container.length > 0) {
      const users: Entry = this.users.size > 0 ? [['users', this.users]] : [];
      out.push('', 'containers:', '  box:', ...lines([...this.container, ...users], '    '));
    }
    out.push('', 'actors:', ...this.#generator(), '', 'steps:', ...this.#steps);
    if (this.expected.length > 0) {
      const [first, ...rest] = lines(this.expected, '    ');
      out.push('', 'expect:', `  - ${(first as string).trimStart()}`, ...rest);
    }
    return `${out.join('\n')}\n`;
  }

  #generator(): string[] {
    const runs = '    runs: event-generator suite test';
    return ['  generator:', runs, ...(this.container.length > 0 ? ['    in: box'] : [])];
  }
}
