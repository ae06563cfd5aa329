import { spanOf } from '../document/node.ts';
import { toUnicode } from '../model/byte-string.ts';
import { MAX_LIST_EDITS } from '../model/limits.ts';
import type { ListItem } from '../rules/items.ts';
import { quoted } from './edit-words.ts';
import type { EditDraft } from './edit.ts';
import { unchanged, type ObjectChange } from './object-change.ts';
import type { Statements } from './statements.ts';

/** How a list differs: one edit for each item. How often and in what order items stand in a list means nothing. */
export function listChange(
  from: ListItem | undefined,
  to: ListItem | undefined,
  before: Statements,
  after: Statements,
): ObjectChange<ListItem> {
  if (from === undefined) return wholeList(to as ListItem, 'list added');
  if (to === undefined) return wholeList(from, 'list removed');
  const old = new Set(from.items.map(({ text }) => text));
  const now = new Set(to.items.map(({ text }) => text));
  const gone = [...old].filter((text) => !now.has(text));
  const added = [...now].filter((text) => !old.has(text));
  if (gone.length + added.length > MAX_LIST_EDITS) return manyItems(from, to, gone.length, added.length, after);
  const drafts = [
    ...gone.map((text) => itemDraft(from, text, 'list item removed', before)),
    ...added.map((text) => itemDraft(to, text, 'list item added', after)),
  ];
  if (drafts.length === 0) return unchanged(to);
  const places = new Map([...gone, ...added].map((text, place) => [text, place]));
  return {
    drafts,
    mix(takes) {
      if (drafts.every((_, place) => takes(place))) return to;
      if (!drafts.some((_, place) => takes(place))) return from;
      const kept = from.items.filter(({ text }) => now.has(text) || !takes(places.get(text) as number));
      const more = to.items.filter(({ text }) => !old.has(text) && takes(places.get(text) as number));
      return { ...to, items: [...kept, ...more] };
    },
  };
}

function wholeList(list: ListItem, kind: 'list added' | 'list removed'): ObjectChange<ListItem> {
  const isNew = kind === 'list added';
  const name = toUnicode(list.name);
  const items = list.items.map(({ text }) => toUnicode(text)).join(', ');
  const draft: EditDraft = {
    kind,
    subject: 'list',
    name,
    text: `list ${name} ${isNew ? 'added' : 'removed'}`,
    before: isNew ? undefined : items,
    after: isNew ? items : undefined,
    span: list.context.span,
    means: undefined,
    revocable: true,
  };
  return { drafts: [draft], mix: (takes) => (takes(0) === isNew ? list : undefined) };
}

/** A list of which so many items differ that they are one edit. */
function manyItems(
  from: ListItem,
  to: ListItem,
  gone: number,
  added: number,
  said: Statements,
): ObjectChange<ListItem> {
  const name = toUnicode(to.name);
  const { span } = to.context;
  const draft: EditDraft = {
    kind: 'list changed',
    subject: 'list',
    name,
    text: `list ${name}: ${added} items added, ${gone} taken away`,
    before: undefined,
    after: undefined,
    span,
    means: said.meansAt('list', to.name, span),
    revocable: true,
  };
  return { drafts: [draft], mix: (takes) => (takes(0) ? to : from) };
}

function itemDraft(
  list: ListItem,
  text: string,
  kind: 'list item added' | 'list item removed',
  said: Statements,
): EditDraft {
  const isNew = kind === 'list item added';
  const name = toUnicode(list.name);
  const item = toUnicode(text);
  const scalar = list.items.find((one) => one.text === text);
  const span = scalar === undefined ? list.context.span : spanOf(scalar);
  return {
    kind,
    subject: 'list',
    name,
    text: isNew ? `${quoted(item)} added to list ${name}` : `${quoted(item)} taken from list ${name}`,
    before: isNew ? undefined : item,
    after: isNew ? item : undefined,
    span,
    means: said.meansAt('list', list.name, span),
    revocable: true,
  };
}
