/** A piece of a word. What was quoted is neither split nor taken as a pattern. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean }
  | { readonly kind: 'substitution'; readonly line: CommandLine; readonly quoted: boolean };

/** A word as written, before anything in it is expanded. */
export type Word = readonly WordPart[];

/** Where a stream of a command goes to, or comes from. */
export type Redirect =
  | { readonly kind: 'write' | 'append'; readonly streams: 'out' | 'error' | 'both'; readonly target: Word }
  | { readonly kind: 'read'; readonly target: Word }
  /** The text that follows on the next lines. */
  | { readonly kind: 'here'; readonly text: Word }
  /** `2>&1`, `1>&2`: a stream goes where another one goes by now. */
  | { readonly kind: 'merge'; readonly stream: 'out' | 'error' };

/** One command with its redirections. */
export interface SimpleCommand {
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

/** Commands joined by `|`, and when they are run: always, or by how the ones before them ended. */
export interface Pipeline {
  readonly when: 'always' | 'success' | 'failure';
  readonly commands: readonly SimpleCommand[];
}

/** A whole line. */
export type CommandLine = readonly Pipeline[];

/** A line that is none: what is wrong with it, or that it goes on. */
export interface LineProblem {
  readonly message: string;
  /** It ends within quotes, a substitution or a text that was begun: more may follow. */
  readonly isOpen: boolean;
}
