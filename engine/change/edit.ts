import type { Span } from '../model/source.ts';

/** What kind of thing was changed between two rule sets. */
export type EditKind =
  | 'list added'
  | 'list removed'
  | 'list item added'
  | 'list item removed'
  | 'list changed'
  | 'macro added'
  | 'macro removed'
  | 'macro changed'
  | 'rule added'
  | 'rule removed'
  | 'rule renamed'
  | 'rule moved'
  | 'files reordered'
  | 'lists reordered'
  | 'condition changed'
  | 'exception added'
  | 'exception removed'
  | 'exception changed'
  | 'exception value added'
  | 'exception value removed'
  | 'output changed'
  | 'priority changed'
  | 'enabled changed'
  | 'tags changed'
  | 'source changed'
  | 'description changed'
  | 'setting changed';

/** What an edit is about. */
export type Subject = 'list' | 'macro' | 'rule' | 'order';

/** How what is changed came about, where it is not written in the definition itself. */
export type Means = 'append' | 'override' | 'redefinition';

/** One change that leads from one rule set towards another and can be taken back alone. Texts are for people: decoded. */
export interface Edit {
  /** Place in the list of all edits. */
  readonly number: number;
  readonly kind: EditKind;
  readonly subject: Subject;
  /** Name of the list, macro or rule; for `files reordered` and `lists reordered` what is out of order. */
  readonly name: string;
  /** The whole edit in a few words. */
  readonly text: string;
  /** What was there before and what is there now, as far as it differs; undefined where there was, or is, nothing. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Where it is written: in the new rule set, or in the old one for what is gone. */
  readonly span: Span | undefined;
  readonly means: Means | undefined;
  /** False for what has no effect by itself: a macro that was added acts only through what names it. */
  readonly revocable: boolean;
}

/** An edit before it has its place in the list. */
export type EditDraft = Omit<Edit, 'number'>;
