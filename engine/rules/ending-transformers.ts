import { findField } from '../fields/catalogue.ts';
import type { RightSide, TransformerArgument } from '../filter/ast.ts';

/** Types of numbers that join renders; other integers it takes as raw bytes. */
const JOINED_NUMBERS: ReadonlySet<string> = new Set(['PID', 'INT64', 'UINT64', 'FD']);

type Part = TransformerArgument | RightSide | undefined;

/** True when the length of all values of getopt is asked for: Falco expects one value there and ends when there are more. */
export function endsInLength(part: Part): boolean {
  return anyTransformer(part, ({ name, args }) => {
    const [inner] = args;
    return name === 'len' && inner?.kind === 'transformer' && inner.name === 'getopt' && inner.argument === undefined;
  });
}

/** True when a join holds a field that is a number: Falco reads nothing where there is none, and crashes. */
export function endsInJoin(part: Part): boolean {
  return anyTransformer(part, ({ name, args }) => {
    const list = args[1];
    return name === 'join' && list?.kind === 'transformer-list' && list.items.some(isNumber);
  });
}

type TransformerNode = Extract<TransformerArgument, { kind: 'transformer' }>;

function anyTransformer(part: Part, holds: (node: TransformerNode) => boolean): boolean {
  return part?.kind === 'transformer' && (holds(part) || part.args.some((inner) => anyTransformer(inner, holds)));
}

function isNumber(item: TransformerArgument): boolean {
  if (item.kind !== 'field') return false;
  const field = findField(item.name, item.argument);
  return 'type' in field && JOINED_NUMBERS.has(field.type);
}
