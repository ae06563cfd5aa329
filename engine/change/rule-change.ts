import type { ConditionText } from '../filter/condition-text.ts';
import { toUnicode } from '../model/byte-string.ts';
import type { ExceptionItem, RuleItem } from '../rules/items.ts';
import { conditionEdits } from './condition-change.ts';
import { became, quoted } from './edit-words.ts';
import type { EditDraft, EditKind } from './edit.ts';
import { exceptionEdits } from './exception-change.ts';
import type { ObjectChange } from './object-change.ts';
import type { Statements } from './statements.ts';

/** A part of a rule that is one edit when it differs. */
interface Setting {
  /** As in a rule file. */
  readonly key: string;
  readonly kind: EditKind;
  /** As shown to people. */
  show(rule: RuleItem): string;
  /** What a mixture takes over. */
  take(rule: RuleItem): Partial<RuleItem>;
}

const SETTINGS: readonly Setting[] = [
  {
    key: 'output',
    kind: 'output changed',
    show: ({ output }) => toUnicode(output.value),
    take: ({ output, outputContext }) => ({ output, outputContext }),
  },
  { key: 'priority', kind: 'priority changed', show: (rule) => rule.priority, take: ({ priority }) => ({ priority }) },
  {
    key: 'enabled',
    kind: 'enabled changed',
    show: ({ enabled }) => String(enabled),
    take: ({ enabled }) => ({ enabled }),
  },
  {
    key: 'tags',
    kind: 'tags changed',
    show: ({ tags }) => tags.map(toUnicode).join(', '),
    take: ({ tags }) => ({ tags }),
  },
  {
    key: 'source',
    kind: 'source changed',
    show: ({ source }) => toUnicode(source),
    take: ({ source, unknownSource }) => ({ source, unknownSource }),
  },
  {
    key: 'desc',
    kind: 'description changed',
    show: ({ description }) => toUnicode(description),
    take: ({ description }) => ({ description }),
  },
  flag('capture', 'capture'),
  flag('capture_duration', 'captureDuration'),
  flag('warn_evttypes', 'warnEventTypes'),
  flag('skip-if-unknown-filter', 'skipIfUnknownFilter'),
];

function flag(key: string, member: 'capture' | 'captureDuration' | 'warnEventTypes' | 'skipIfUnknownFilter'): Setting {
  return {
    key,
    kind: 'setting changed',
    show: (rule) => String(rule[member]),
    take: (rule) => ({ [member]: rule[member] }),
  };
}

/** How a rule differs; `to` may have another name than `from`. */
export function ruleChange(
  from: RuleItem | undefined,
  to: RuleItem | undefined,
  before: Statements,
  after: Statements,
): ObjectChange<RuleItem> {
  if (from === undefined) return wholeRule(to as RuleItem, 'rule added');
  if (to === undefined) return wholeRule(from, 'rule removed');
  const renamed = from.name === to.name ? [] : [renaming(from, to)];
  const owner = { subject: 'rule', name: to.name } as const;
  const condition = conditionEdits(owner, from.condition, to.condition, before, after);
  const exceptions = exceptionEdits(from, to, before, after);
  const settings = SETTINGS.filter(({ show }) => show(from) !== show(to));
  const drafts = [
    ...renamed,
    ...condition.drafts,
    ...exceptions.drafts,
    ...settings.map((setting) => settingDraft(from, to, setting, after, before)),
  ];
  const conditionAt = renamed.length;
  const exceptionsAt = conditionAt + condition.drafts.length;
  const settingsAt = exceptionsAt + exceptions.drafts.length;
  return {
    drafts,
    mix(takes) {
      if (drafts.every((_, place) => takes(place))) return to;
      if (!drafts.some((_, place) => takes(place))) return from;
      const { name } = renamed.length === 0 || takes(0) ? to : from;
      const rule: RuleItem = {
        ...from,
        name,
        condition: condition.mix((place) => takes(conditionAt + place)) as ConditionText,
        exceptions: exceptions.mix((place) => takes(exceptionsAt + place)) as ExceptionItem[],
      };
      settings.forEach(({ take }, place) => takes(settingsAt + place) && Object.assign(rule, take(to)));
      return rule;
    },
  };
}

function wholeRule(rule: RuleItem, kind: 'rule added' | 'rule removed'): ObjectChange<RuleItem> {
  const isNew = kind === 'rule added';
  const name = toUnicode(rule.name);
  const condition = toUnicode(rule.condition.value);
  const draft: EditDraft = {
    kind,
    subject: 'rule',
    name,
    text: `rule ${name} ${isNew ? 'added' : 'removed'}`,
    before: isNew ? undefined : condition,
    after: isNew ? condition : undefined,
    span: rule.context.span,
    means: undefined,
    revocable: true,
  };
  return { drafts: [draft], mix: (takes) => (takes(0) === isNew ? rule : undefined) };
}

function renaming(from: RuleItem, to: RuleItem): EditDraft {
  const [before, after] = [toUnicode(from.name), toUnicode(to.name)];
  return {
    kind: 'rule renamed',
    subject: 'rule',
    name: after,
    text: `rule ${quoted(before)} is now called ${quoted(after)}`,
    before,
    after,
    span: to.context.span,
    means: undefined,
    revocable: true,
  };
}

function settingDraft(
  from: RuleItem,
  to: RuleItem,
  { key, kind, show }: Setting,
  said: Statements,
  saidBefore: Statements,
): EditDraft {
  const name = toUnicode(to.name);
  const [before, after] = [show(from), show(to)];
  const now = said.lastOf('rule', to.name, key);
  const then = saidBefore.lastOf('rule', from.name, key);
  // An override that was there before and is there no more is the means by which the part changed back.
  const means = now?.means ?? then?.means;
  return {
    kind,
    subject: 'rule',
    name,
    text: kind === 'enabled changed' ? `rule ${name} ${after === 'true' ? 'switched on' : 'switched off'}` : worded(),
    before,
    after,
    span: now?.span ?? to.context.span,
    means,
    revocable: true,
  };

  function worded(): string {
    const what = kind === 'description changed' ? 'description' : key;
    const short = kind === 'description changed' ? 'changed' : became(before, after);
    return `${what} of ${name}: ${short}`;
  }
}
