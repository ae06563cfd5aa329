import type { ByteString } from '../model/byte-string.ts';
import type { ListItem } from '../rules/items.ts';
import type { EditDraft } from './edit.ts';

/** Lists of a rule set by name, in order of first definition. */
type Lists = ReadonlyMap<ByteString, ListItem>;

/**
 * Whether lists are defined, or last changed, in an order that means something else: a list among the items of another
 * is put in only where it comes before it.
 */
export function listOrderDrafts(from: Lists, to: Lists): EditDraft[] {
  const before = nesting(from);
  const after = nesting(to);
  if ([...before].every(([pair, order]) => (after.get(pair) ?? order) === order)) return [];
  return [
    {
      kind: 'lists reordered',
      subject: 'order',
      name: 'lists',
      text: 'order in which lists are defined',
      before: undefined,
      after: undefined,
      span: undefined,
      means: undefined,
      revocable: true,
    },
  ];
}

/**
 * Lists in a mixture with the order of one side. `base` is that side: its lists keep their places, and those that only
 * the other side has come right behind what they follow there.
 */
export function placeLists(lists: Lists, base: Lists, guest: Lists): Map<ByteString, ListItem> {
  const places = new Map<string, number>();
  for (const [name, { index, visibility }] of base) {
    places.set(`index ${name}`, index);
    places.set(`visibility ${name}`, visibility);
  }
  let anchor = -1;
  let step = 0;
  for (const point of timeline(guest, () => true)) {
    const known = places.get(point);
    if (known === undefined) places.set(point, anchor + ++step * SMALL);
    else {
      anchor = known;
      step = 0;
    }
  }
  const placed = [...lists.values()].map((list) => ({
    ...list,
    index: places.get(`index ${list.name}`) ?? list.index,
    visibility: places.get(`visibility ${list.name}`) ?? list.visibility,
  }));
  return new Map(placed.toSorted((a, b) => a.index - b.index).map((list) => [list.name, list]));
}

/** For each list among the items of another, which is defined first and whether the one can be put into the other. */
function nesting(lists: Lists): Map<string, string> {
  const pairs = [...lists.values()].flatMap((list) => {
    const inner = list.items.flatMap(({ text }) => lists.get(text) ?? []);
    return inner.map(({ name, index }): [string, string] => [
      `${list.name} ${name}`,
      `${index < list.index} ${index < list.visibility}`,
    ]);
  });
  return new Map(pairs);
}

/** Less than the distance of two places divided by the number of lists that fit a rule set. */
const SMALL = 2 ** -24;

/** Definitions and last changes of lists in the order in which they came. */
function timeline(lists: Lists, isMeant: (name: ByteString) => boolean): string[] {
  return [...lists.values()]
    .filter(({ name }) => isMeant(name))
    .flatMap(({ name, index, visibility }) => [
      { point: `index ${name}`, at: index },
      { point: `visibility ${name}`, at: visibility },
    ])
    .toSorted((a, b) => a.at - b.at)
    .map(({ point }) => point);
}
