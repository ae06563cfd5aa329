import { valueOf, type Node } from '../../document/node.ts';
import { textOf } from './given.ts';

const RESULT = /^\s*\$\{\s*(\S+)\.ret\s*\}\s*$/;

/** Which sockets of a test are connected by which step. */
export class ConnectedSockets {
  /** The first step that connects the socket of a step, by the name of that. */
  readonly connected: ReadonlyMap<string, Node>;

  constructor(steps: readonly Node[]) {
    const isCall = (step: Node, syscall: string) => at(step, 'syscall') === syscall;
    const made = new Set(steps.filter((step) => isCall(step, 'socket')).map((step) => at(step, 'name')));
    const connected = new Map<string, Node>();
    for (const step of steps) {
      const socket = isCall(step, 'connect') ? this.boundBy(step) : undefined;
      if (socket !== undefined && made.has(socket) && !connected.has(socket)) connected.set(socket, step);
    }
    this.connected = connected;
  }

  /** The step whose socket a step connects. */
  boundBy(step: Node): string | undefined {
    const args = step.kind === 'mapping' ? valueOf(step, 'args') : undefined;
    return RESULT.exec((args && at(args, 'fd')) ?? '')?.[1];
  }
}

function at(node: Node, key: string): string | undefined {
  const value = node.kind === 'mapping' ? valueOf(node, key) : undefined;
  return value && textOf(value);
}
