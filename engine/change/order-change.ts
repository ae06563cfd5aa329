import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Collected, RuleItem } from '../rules/items.ts';
import type { EditDraft } from './edit.ts';
import { sequenceDiff } from './sequence-diff.ts';

/** How the order of rules differs. Names are those of the second rule set, also of rules that were renamed. */
export interface OrderChange {
  readonly drafts: readonly EditDraft[];
  /** All rules in the order that some of the edits give; rules of one side only are among them. */
  mix(takes: (draft: number) => boolean): readonly ByteString[];
}

/**
 * How the order of the rules on both sides differs: rules that moved past others, as few as can be, or files that changed
 * places where that explains it.
 */
export function orderChange(from: readonly ByteString[], to: Collected): OrderChange {
  const now = [...to.rules.keys()];
  const common = new Set(
    now.filter(
      (
        (old) => (name) =>
          old.has(name)
      )(new Set(from)),
    ),
  );
  const before = from.filter((name) => common.has(name));
  const after = now.filter((name) => common.has(name));
  const moved = movedNames(before, after);
  const groups = moved.length > 1 && onlyFilesMoved(before, after, to.rules) ? [moved] : moved.map((name) => [name]);
  const drafts = groups.map((names) =>
    names.length > 1 ? filesDraft(to.rules) : moveDraft(names[0] as ByteString, before, after, to.rules),
  );
  return {
    drafts,
    mix(takes) {
      const taken = new Set(groups.flatMap((names, place) => (takes(place) ? names : [])));
      return place(now, from, (name) => common.has(name) && !taken.has(name));
    },
  };
}

/** Rules that are not in the longest sequence that both orders share. */
function movedNames(before: readonly ByteString[], after: readonly ByteString[]): ByteString[] {
  return sequenceDiff(before, after).flatMap(({ toStart, toEnd }) => after.slice(toStart, toEnd));
}

/** The first order for those that stay, with the others put in where the second one, or the first one, has them. */
function place(
  now: readonly ByteString[],
  from: readonly ByteString[],
  stays: (name: ByteString) => boolean,
): ByteString[] {
  const following = new Map<ByteString | undefined, ByteString[]>();
  const add = (anchor: ByteString | undefined, name: ByteString) => {
    const list = following.get(anchor);
    if (list === undefined) following.set(anchor, [name]);
    else list.push(name);
  };
  const inNow = new Set(now);
  let anchor: ByteString | undefined;
  for (const name of now) {
    if (stays(name)) anchor = name;
    else add(anchor, name);
  }
  const order: ByteString[] = [...(following.get(undefined) ?? [])];
  for (const name of from) {
    if (stays(name)) order.push(name, ...(following.get(name) ?? []));
    else if (!inNow.has(name)) order.push(name);
  }
  return order;
}

/** Whether the rules of each file keep their order among themselves. */
function onlyFilesMoved(
  before: readonly ByteString[],
  after: readonly ByteString[],
  rules: ReadonlyMap<ByteString, RuleItem>,
): boolean {
  const files = new Set(after.map((name) => fileOf(name, rules)));
  if (files.size < 2) return false;
  for (const file of files) {
    const of = (order: readonly ByteString[]) => order.filter((name) => fileOf(name, rules) === file);
    if (of(before).join('\n') !== of(after).join('\n')) return false;
  }
  return true;
}

function fileOf(name: ByteString, rules: ReadonlyMap<ByteString, RuleItem>): string {
  return rules.get(name)?.context.span.source.name ?? '';
}

function filesDraft(rules: ReadonlyMap<ByteString, RuleItem>): EditDraft {
  const files = [...new Set([...rules.keys()].map((name) => fileOf(name, rules)))];
  return {
    kind: 'files reordered',
    subject: 'order',
    name: 'rules',
    text: `order of the rule files: now ${files.join(', ')}`,
    before: undefined,
    after: files.join(', '),
    span: undefined,
    means: undefined,
    revocable: true,
  };
}

function moveDraft(
  name: ByteString,
  before: readonly ByteString[],
  after: readonly ByteString[],
  rules: ReadonlyMap<ByteString, RuleItem>,
): EditDraft {
  const neighbour = (order: readonly ByteString[]) => {
    const at = order.indexOf(name);
    return at === 0 ? 'first' : `after ${toUnicode(order[at - 1] as ByteString)}`;
  };
  const shown = toUnicode(name);
  return {
    kind: 'rule moved',
    subject: 'order',
    name: shown,
    text: `rule ${shown} moved: now ${neighbour(after)}`,
    before: neighbour(before),
    after: neighbour(after),
    span: rules.get(name)?.context.span,
    means: undefined,
    revocable: true,
  };
}
