import { CONTAINER_EVENTS } from '../compare/check-condition.ts';
import { checkLeaf } from '../compare/check-leaf.ts';
import type { Condition, Leaf } from '../compare/condition.ts';
import { Refusal } from '../compare/refusal.ts';
import { ConditionText } from '../filter/condition-text.ts';
import { parseTemplate } from '../output/parse-template.ts';
import type { ExtraField, Template } from '../output/template.ts';
import { planOf, type Plan, type PlannedRule } from '../plan/plan.ts';
import type { Rule, RuleSet } from '../rules/rule-set.ts';
import { StoredFields } from './stored-field.ts';

/** A rule that is judged on rows of a prepared trace. */
export interface StoredRule extends PlannedRule {
  readonly rule: Rule;
  readonly output: Template;
  readonly extraFields: readonly ExtraField[];
}

/** The active rules of a rule set, their fields read from rows. */
export class StoredRules {
  readonly fields = new StoredFields();
  readonly rules: readonly StoredRule[];
  readonly plan: Plan;
  readonly #known = new Map<Condition, Condition>();

  constructor(ruleSet: RuleSet) {
    this.rules = ruleSet.active.map((rule) => ({
      rule,
      condition: this.#condition(rule.condition),
      eventCodes: rule.eventCodes,
      output: this.#template(rule.outputText, rule.output),
      extraFields: rule.extraFields,
    }));
    this.plan = planOf(this.rules);
  }

  /** Parts that come from a macro stay one node. Walks without a call per level. */
  #condition(root: Condition): Condition {
    const open: Condition[] = [root];
    for (let condition = open.at(-1); condition !== undefined; condition = open.at(-1)) {
      if (this.#known.has(condition)) {
        open.pop();
        continue;
      }
      const parts = partsOf(condition);
      const missing = parts.filter((part) => !this.#known.has(part));
      if (missing.length > 0) {
        for (const part of missing) open.push(part);
        continue;
      }
      this.#known.set(condition, this.#made(condition));
      open.pop();
    }
    return this.#known.get(root) as Condition;
  }

  #made(condition: Condition): Condition {
    if (condition.kind === 'leaf') return this.#leaf(condition);
    if (condition.kind === 'not') return { kind: 'not', child: this.#known.get(condition.child) as Condition };
    return { kind: condition.kind, children: condition.children.map((child) => this.#known.get(child) as Condition) };
  }

  /** The same check on stored fields; it was checked when the rules were loaded. */
  #leaf(leaf: Leaf): Leaf {
    const checked = checkLeaf(leaf.check, CONTAINER_EVENTS, this.fields.find);
    if (checked instanceof Refusal) throw new Error(`a check that was accepted is refused: ${checked.message}`);
    return checked.leaf;
  }

  #template(text: string, read: Template): Template {
    return parseTemplate(ConditionText.ofText(text), this.fields.find).template ?? read;
  }
}

function partsOf(condition: Condition): readonly Condition[] {
  if (condition.kind === 'leaf') return [];
  return condition.kind === 'not' ? [condition.child] : condition.children;
}
