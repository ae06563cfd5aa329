import { MAX_EDITS_TRIED_ALONE } from '../model/limits.ts';
import type { Edit } from './edit.ts';

/** Why an alert is another one than before. */
export interface Cause {
  /**
   * `alone`: the one edit is the cause. `together`: each of them is needed. `each`: any of them is enough, so that all
   * would have to be taken back. `unsearched`: the rule sets are so large, and the edits so many, that none was found.
   */
  readonly how: 'alone' | 'together' | 'each' | 'unsearched';
  /** In their order; none when it is `unsearched`. */
  readonly edits: readonly Edit[];
}

/** What comes of one event under the new rules with some edits taken back; undefined where these don't compile. */
export type Outcome = (taken: readonly number[]) => string | undefined;

/**
 * Finds the edits behind a change of outcome by taking edits back: first each alone; where no single one undoes the
 * change, a smallest set that does (halves of the edits first, as in Junker's QuickXplain).
 *
 * Candidates are the edits that can reach the rules in question; where these don't suffice, all are looked through.
 *
 * @param before what came of the event under the old rules
 * @param after what comes of it under the new ones
 */
export function findCause(
  [candidates, everything]: readonly [candidates: readonly Edit[], everything: readonly Edit[]],
  outcome: Outcome,
  before: string,
  after: string,
): Cause {
  const undoes = (edits: readonly Edit[]) => outcome(numbersOf(edits)) === before;
  const alone = candidates.length <= MAX_EDITS_TRIED_ALONE ? candidates.filter((edit) => undoes([edit])) : [];
  if (alone.length > 0) {
    const edits = withoutSupport(alone);
    return { how: edits.length === 1 ? 'alone' : 'together', edits };
  }
  const edits = smallest(candidates, undoes) ?? smallest(everything, undoes);
  if (edits === undefined) return { how: 'unsearched', edits: [] };
  if (edits.length === 1) return { how: 'alone', edits };
  const isEnough = (edit: Edit) => outcome(numbersOf(edits.filter((other) => other !== edit))) === after;
  return { how: edits.every(isEnough) ? 'each' : 'together', edits };
}

/** Numbers in order, so that one set of edits is asked for in one way. */
function numbersOf(edits: readonly Edit[]): number[] {
  return edits.map(({ number }) => number).toSorted((a, b) => a - b);
}

/** A list that was added only for the sake of what names it is not told as a cause beside that. */
function withoutSupport(edits: readonly Edit[]): readonly Edit[] {
  const acting = edits.filter(({ kind }) => kind !== 'list added' && kind !== 'list removed');
  return acting.length > 0 ? acting : edits;
}

/** A set of edits that undoes the change and of which none can be left out; undefined where not even all of them do. */
function smallest(
  candidates: readonly Edit[],
  undoes: (edits: readonly Edit[]) => boolean,
): readonly Edit[] | undefined {
  if (!undoes(candidates)) return undefined;
  const inOrder = (edits: readonly Edit[]) => edits.toSorted((a, b) => a.number - b.number);
  const search = (given: readonly Edit[], isNew: boolean, open: readonly Edit[]): readonly Edit[] => {
    if (isNew && undoes(given)) return [];
    if (open.length === 1) return open;
    const middle = open.length >> 1;
    const [first, second] = [open.slice(0, middle), open.slice(middle)];
    const ofSecond = search([...given, ...first], true, second);
    const ofFirst = search([...given, ...ofSecond], ofSecond.length > 0, first);
    return [...ofFirst, ...ofSecond];
  };
  const found = candidates.length < 2 ? candidates : search([], false, candidates);
  if (undoes(found)) return inOrder(found);
  return candidates;
}
