import type { Node } from '../../document/node.ts';
import type { ConnectedSockets } from './connected-sockets.ts';
import type { Given } from './given.ts';
import type { Bound, StoryDraft } from './story-draft.ts';

/** A syscall of a suite while it is translated. */
export interface Call {
  readonly draft: StoryDraft;
  readonly args: Given;
  readonly syscall: string;
  /** The name of the step. */
  readonly name: string;
  readonly node: Node;
  readonly sockets: ConnectedSockets;
}

/** Gives what a step returns, or was given, a name for later steps. */
export function bind({ draft, name }: Call, what: string, bound: Bound): void {
  draft.bound.set(`${name}.${what}`, bound);
}

/** Says that a step can't be translated, since it lacks something. */
export function lacks({ draft, name, syscall, node }: Call): false {
  draft.lose(node, `the step ${name}: ${syscall}`);
  return false;
}
