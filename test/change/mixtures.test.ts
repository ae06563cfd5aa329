import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../engine/check.ts';
import { Edits } from '../../engine/change/edits.ts';
import type { Edit } from '../../engine/change/edit.ts';
import { Recompiler } from '../../engine/rules/recompile.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { activeRules } from '../../engine/rules/selection.ts';
import { readChange } from '../../engine/diff.ts';
import { play } from '../../engine/scenario/play.ts';
import { moveToFront, MUTATIONS, ownRules, sourcesOf, type Files, type Mutation } from './mutations.ts';
import { alertsOf, allStories } from './stories.ts';

const from = ownRules();
const stories = allStories();
const OLD = loaded(from);
const ALL = [...MUTATIONS, moveToFront(hiddenRule())];
const byEdit = new Map<string, string>();
for (const mutation of ALL) {
  for (const edit of new Edits(OLD, loaded(mutation.apply(from))).all) byEdit.set(keyOf(edit), mutation.name);
}

/** Stories with a difference after which no more are told. */
const ENOUGH = 6;

function loaded(files: Files) {
  const sources = sourcesOf(files);
  const { collected, ruleSet, results } = check(sources);
  if (ruleSet === undefined) throw new Error(results.flatMap(({ errors }) => errors)[0]?.message);
  return { sources, collected, ruleSet };
}

/** A rule that another one hides on some event of the library. */
function hiddenRule(): string {
  for (const { scenario } of stories) {
    const seen = new Set<number>();
    for (const { event, rule } of alertsOf(OLD.ruleSet, scenario, 'all')) {
      if (seen.has(event)) return rule;
      seen.add(event);
    }
  }
  throw new Error('no two of our own rules tell of one event');
}

function made(mutations: readonly Mutation[]): Files {
  return mutations.reduce<Files>((files, mutation) => mutation.apply(files), from);
}

function keyOf({ kind, name, before, after }: Edit): string {
  // What a rule now stands behind may have another name.
  return JSON.stringify(kind === 'rule moved' ? [kind, name] : [kind, name, before, after]);
}

function mixed(edits: Edits, takes: (edit: Edit) => boolean): RuleSet {
  const rules = new Recompiler({}).compile(edits.mixture((number) => takes(edits.all[number] as Edit)));
  if (rules === undefined) throw new Error('the mixture does not compile');
  return { rules, active: activeRules(rules, 'Debug', []), macros: new Map(), lists: new Map() };
}

function alertsOfAll(ruleSet: RuleSet, some: typeof stories) {
  return some.map(({ name, scenario }) => [
    name,
    alertsOf(ruleSet, scenario, 'first'),
    alertsOf(ruleSet, scenario, 'all'),
  ]);
}

describe('the rules with some edits made', () => {
  const subset = fc.subarray(ALL);
  const some = fc.subarray(stories, { minLength: 5, maxLength: 8 });

  it('raise the alerts of the new rules when all edits are made, and of the old ones when none is', () => {
    fc.assert(
      fc.property(subset, some, (mutations, told) => {
        const to = loaded(made(mutations));
        const edits = new Edits(OLD, to);
        expect(
          alertsOfAll(
            mixed(edits, () => true),
            told,
          ),
        ).toEqual(alertsOfAll(to.ruleSet, told));
        expect(
          alertsOfAll(
            mixed(edits, () => false),
            told,
          ),
        ).toEqual(alertsOfAll(OLD.ruleSet, told));
      }),
      { numRuns: 8 },
    );
  });

  it('raise the alerts of files in which only these edits were made', () => {
    fc.assert(
      fc.property(subset, subset, some, (mutations, chosen, told) => {
        const edits = new Edits(OLD, loaded(made(mutations)));
        const taken = new Set(chosen.map(({ name }) => name));
        const mutationOf = (edit: Edit) => {
          const mutation = byEdit.get(keyOf(edit));
          if (mutation === undefined) throw new Error(`no change makes this edit alone: ${edit.text}`);
          return mutation;
        };
        const mixture = mixed(edits, (edit) => taken.has(mutationOf(edit)));
        const alone = loaded(made(mutations.filter(({ name }) => taken.has(name))));
        expect(alertsOfAll(mixture, told)).toEqual(alertsOfAll(alone.ruleSet, told));
      }),
      { numRuns: 8 },
    );
  });

  it.each(ALL.map((mutation) => [mutation.name, mutation] as const))(
    'are named when somebody did: %s',
    (_, mutation) => {
      const { change } = readChange(sourcesOf(from), sourcesOf(mutation.apply(from)));
      let telling = 0;
      for (const { name, scenario } of stories) {
        const run = change!.run({ name, label: 'unknown' });
        play(scenario, run);
        const { appeared, vanished, changed } = run.report();
        if (appeared + vanished + changed > 0 && ++telling === ENOUGH) break;
      }
      const { groups, edits } = change!.report();
      expect(edits.map((edit) => byEdit.get(keyOf(edit)))).toEqual(edits.map(() => mutation.name));
      for (const { cause } of groups) {
        expect(cause.how).toBe('alone');
        expect(cause.edits).toHaveLength(1);
      }
      expect(groups.length).toBeGreaterThan(0);
    },
  );
});
