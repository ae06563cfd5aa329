import type { ConditionText } from '../filter/condition-text.ts';
import type { ByteString } from '../model/byte-string.ts';
import { toUnicode } from '../model/byte-string.ts';
import { conditionChange, mixed, type ConditionChange, type ConditionHunk } from './condition-hunks.ts';
import { became, hunkTexts } from './edit-words.ts';
import type { EditDraft } from './edit.ts';
import type { ObjectChange } from './object-change.ts';
import type { Statements } from './statements.ts';

/** Where a condition belongs. */
interface Owner {
  readonly subject: 'macro' | 'rule';
  readonly name: ByteString;
}

/** How a condition differs: one edit for each part that can be taken back alone; none where only white space does. */
export function conditionEdits(
  owner: Owner,
  from: ConditionText,
  to: ConditionText,
  before: Statements,
  after: Statements,
): ObjectChange<ConditionText> {
  const change = conditionChange(from, to);
  const { hunks } = change;
  return {
    drafts: hunks.map((hunk) => draftOf(owner, change, hunk, before, after)),
    mix(takes) {
      if (hunks.every((_, place) => takes(place))) return to;
      if (!hunks.some((_, place) => takes(place))) return from;
      return mixed(change, takes);
    },
  };
}

function draftOf(
  { subject, name }: Owner,
  change: ConditionChange,
  hunk: ConditionHunk,
  before: Statements,
  after: Statements,
): EditDraft {
  const isGone = hunk.to.start === hunk.to.end;
  const stretch = isGone ? hunk.from : hunk.to;
  const span = (isGone ? change.from : change.to).span(stretch.start, stretch.end);
  const shown = toUnicode(name);
  const texts = hunkTexts(change, hunk);
  const where = subject === 'macro' ? `macro ${shown}` : `condition of ${shown}`;
  return {
    kind: subject === 'macro' ? 'macro changed' : 'condition changed',
    subject,
    name: shown,
    text: `${where}: ${became(texts.before, texts.after)}`,
    before: texts.before === '' ? undefined : texts.before,
    after: texts.after === '' ? undefined : texts.after,
    span,
    means: (isGone ? before : after).meansAt(subject, name, span),
    revocable: true,
  };
}
