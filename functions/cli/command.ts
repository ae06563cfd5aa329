/** Exit codes of every command; scripts depend on them. */
export const EXIT = {
  /** Done, and the answer is yes. */
  YES: 0,
  /** Done, and the answer is no: a diagnostic error, a failed expectation. */
  NO: 1,
  /** The command line itself is wrong. */
  USAGE: 2,
  /** A file can't be opened, or isn't what it should be, or ends too early. */
  UNREADABLE: 3,
} as const;

/** A command's flag. The table below is the one source of parsing, help and completion. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** What stands for the value in help; a flag without one is a switch. */
  readonly value?: string;
  /** It takes all the words that follow. */
  readonly multiple?: boolean;
  /** It may be given again, with one word each time. */
  readonly repeated?: boolean;
  /** The only values allowed, where they are few. */
  readonly choices?: readonly string[];
  readonly help: string;
}

/** What a command works with. Nothing else in a command touches the process. */
export interface Terminal {
  readonly stdin: NodeJS.ReadableStream;
  /** Resolves when the reader can take more; a reader that went away (a closed pipe) ends the command quietly. */
  write(text: string | Uint8Array): Promise<void>;
  /** Messages for people, on stderr. */
  note(text: string): void;
  /** True when stderr is a terminal: progress and colour are welcome there. */
  readonly interactive: boolean;
  readonly color: boolean;
}

/** Values given on the command line: flags by name, and the words that are left. */
export interface Given {
  readonly words: readonly string[];
  flag(name: string): string | undefined;
  flags(name: string): readonly string[];
  has(name: string): boolean;
}

/** A command of the command line. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** The words after the name: `RULES...`. */
  readonly usage: string;
  /** A paragraph that teaches. */
  readonly about: string;
  readonly flags: readonly Flag[];
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** Least and most words that are not flags. */
  readonly words: readonly [least: number, most: number];
  run(given: Given, terminal: Terminal): Promise<number>;
}

/** The command line is wrong: shown with the command's usage, exit 2. */
export class UsageError extends Error {}

/** An input can't be read: shown as it is, exit 3. */
export class UnreadableError extends Error {}
