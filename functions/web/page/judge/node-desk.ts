import type { NodeAnswer, NodeSession } from '../../../../engine/practice/node/session.ts';
import { openedTask, type TaskChoice } from './practice.ts';

/** A node to be opened. */
export interface NodeOpening {
  readonly task: TaskChoice;
  /** All its files as they were left, its state among them; undefined for the beginning. */
  readonly files: readonly (readonly [path: string, text: string])[] | undefined;
}

/** What is done on a node. */
export type NodeAct =
  | { readonly kind: 'run'; readonly line: string }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'complete'; readonly line: string }
  | { readonly kind: 'save'; readonly files: readonly (readonly [path: string, text: string])[] }
  /** Nothing but to hear of all files. */
  | { readonly kind: 'look' };

/** What came of it. */
export interface NodeView {
  /** What the terminal shows of it. */
  readonly output: string;
  readonly prompt: string;
  /** A command holds the terminal. */
  readonly isBusy: boolean;
  /** The line that was to be run is not whole; it was not run. */
  readonly isOpen: boolean;
  /** Milliseconds since the epoch, of the node's own time. */
  readonly clock: number;
  /** Lines that were typed, the oldest first; undefined where there are no new ones. */
  readonly history: readonly string[] | undefined;
  /** Files that are not as they were told of last; null for those that are gone. */
  readonly changed: readonly (readonly [path: string, text: string | null])[];
  /** A file that an editor is asked for. */
  readonly edit: string | undefined;
  readonly completion: { readonly from: number; readonly words: readonly string[] } | undefined;
}

/** Milliseconds of the page's time between two looks at files that change by themselves. */
const LOOK_MS = 1_000;
const NOTHING: NodeAnswer = { output: '', code: undefined, edit: undefined };

/** The node that is worked on, in the worker. */
export class NodeDesk {
  #session: NodeSession | undefined;
  #told = new Map<string, string>();
  #lookedAt = 0;
  #typed = -1;

  /** Opens a node. Throws an error for people where the task has none. */
  open({ task: choice, files }: NodeOpening): NodeView {
    const { range, task } = openedTask(choice);
    this.#session = range.node(task, files && new Map(files));
    if (this.#session === undefined) throw new Error('the task has no node, or its story can not be read');
    this.#told = new Map(task.files);
    this.#typed = -1;
    return this.#view(NOTHING, true);
  }

  /** Does something on the node. */
  act(act: NodeAct): NodeView {
    const session = this.#session;
    if (session === undefined) throw new Error('no node is open');
    switch (act.kind) {
      case 'run':
        if (session.isOpen(act.line)) return { ...this.#view(NOTHING, false), isOpen: true };
        return this.#view(session.run(act.line), true);
      case 'advance': {
        const isDue = performance.now() - this.#lookedAt > LOOK_MS;
        return this.#view(session.advance(act.ms), isDue);
      }
      case 'interrupt':
        return this.#view(session.interrupt(), true);
      case 'complete':
        return { ...this.#view(NOTHING, false), completion: session.complete(act.line) };
      case 'save': {
        const refused = act.files.flatMap(([path, text]) => {
          const why = session.write(path, text);
          return why === undefined ? [] : [`${path}: ${why}\n`];
        });
        return this.#view({ ...NOTHING, output: refused.join('') }, true);
      }
      case 'look':
        return this.#view(NOTHING, true);
    }
  }

  #view({ output, edit }: NodeAnswer, looksAtFiles: boolean): NodeView {
    const session = this.#session as NodeSession;
    const { prompt, isBusy, clock, history } = session;
    const isTyped = history.length !== this.#typed;
    this.#typed = history.length;
    return {
      output,
      prompt,
      isBusy,
      isOpen: false,
      clock,
      history: isTyped ? history : undefined,
      changed: looksAtFiles ? this.#changed(session.files()) : [],
      edit: edit?.path,
      completion: undefined,
    };
  }

  #changed(files: Map<string, string>): readonly (readonly [path: string, text: string | null])[] {
    this.#lookedAt = performance.now();
    const before = this.#told;
    this.#told = files;
    const written = [...files].filter(([path, text]) => before.get(path) !== text);
    const gone = [...before.keys()].filter((path) => !files.has(path)).map((path) => [path, null] as const);
    return [...written, ...gone];
  }
}
