import { CONTAINER_EVENTS } from '../compare/check-condition.ts';
import { checkLeaf } from '../compare/check-leaf.ts';
import type { Leaf } from '../compare/condition.ts';
import { LeafMapping } from '../compare/leaf-mapping.ts';
import { Refusal } from '../compare/refusal.ts';
import { ConditionText } from '../filter/condition-text.ts';
import { parseTemplate } from '../output/parse-template.ts';
import type { ExtraField, Template } from '../output/template.ts';
import { planOf, type Plan, type PlannedRule } from '../plan/plan.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import { THREAD_ROW, type Row } from './row.ts';
import { StoredFields } from './stored-field.ts';

/** A rule that is judged on rows of a prepared trace. */
export interface StoredRule extends PlannedRule {
  readonly rule: Rule;
  readonly output: Template;
  readonly extraFields: readonly ExtraField[];
}

/** The active rules of a rule set, their fields read from rows. */
export class StoredRules {
  readonly fields: StoredFields;
  readonly rules: readonly StoredRule[];
  readonly plan: Plan;
  /** By key of a leaf: the places that it reads; those of threads are one. */
  readonly placesOf = new Map<string, readonly number[]>();
  #checks = 0;

  constructor(ruleSet: RuleSet) {
    this.fields = new StoredFields(ruleSet.find);
    const stored = new LeafMapping((leaf) => this.#leaf(leaf));
    this.rules = ruleSet.active.map((rule) => ({
      rule,
      condition: stored.of(rule.condition),
      eventCodes: rule.eventCodes,
      output: this.#template(rule.outputText, rule.output),
      extraFields: rule.extraFields,
    }));
    this.plan = planOf(this.rules);
  }

  /** The same check on stored fields; it was checked when the rules were loaded. */
  #leaf(leaf: Leaf): Leaf {
    const { asked, columns, find } = this.fields;
    asked.clear();
    const checked = checkLeaf(leaf.check, CONTAINER_EVENTS, find);
    if (checked instanceof Refusal) throw new Error(`a check that was accepted is refused: ${checked.message}`);
    const stored = checked.leaf;
    if (stored.field.ownComparison === 'rawarg') this.fields.unfit.add(stored.field.name);
    const isThread = (place: number) => columns[place]?.storage === 'thread';
    const reads = [...asked];
    this.placesOf.set(stored.key, [...new Set(reads.map((place) => (isThread(place) ? THREAD_ROW : place)))]);
    const [place] = reads;
    return reads.length === 1 && place !== undefined && stored.subject !== 'type'
      ? this.#remembering(stored, place)
      : stored;
  }

  /** The same leaf, decided once for each different entry of what it reads. */
  #remembering(leaf: Leaf, place: number): Leaf {
    const check = this.#checks++;
    const decide = (row: Row) => leaf.decide(row);
    return { ...leaf, decide: (moment) => (moment as Row).verdict(check, place, decide) };
  }

  #template(text: string, read: Template): Template {
    return parseTemplate(ConditionText.ofText(text), this.fields.find).template ?? read;
  }
}
