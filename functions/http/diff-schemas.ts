import { z } from '@hono/zod-openapi';
import { Diagnostics } from './run-schemas.ts';

const count = z.number().int();
const names = z.array(z.string());
const SetDifference = z.object({ added: names, removed: names });
const ShownAlert = z.object({ rule: z.string(), priority: z.string(), output: z.string() });
const Label = z.enum(['attack', 'benign', 'unknown']);
const Level = z.enum(['major', 'minor', 'patch']);

const Totals = z.object({
  workloads: z.object({ attack: count, benign: count, unknown: count }),
  events: count,
  alertsBefore: count,
  alertsAfter: count,
  appeared: count,
  vanished: count,
  changed: count,
  attacksUnseen: count.openapi({ description: 'Attacks that had alerts and have none.' }),
  attacksSeenLess: count.openapi({ description: 'Attacks of which a rule tells no more, while others still do.' }),
  attacksNewlySeen: count,
  newNoise: count.openapi({ description: 'New alerts on benign work.' }),
  lessNoise: count,
  unlabelled: count.openapi({ description: 'Changed alerts on traces that are labelled neither.' }),
  ungrouped: count,
});

const Group = z.object({
  kind: z.enum(['appeared', 'vanished', 'changed']),
  aspects: z.array(z.enum(['rule', 'priority', 'output'])).openapi({ description: 'In what an alert changed.' }),
  rule: z.string(),
  ruleAfter: z.string().optional().openapi({ description: 'The rule that tells of it now, where that is another.' }),
  turn: z.enum(['shadowed', 'uncovered', 'replaced']).optional().openapi({
    description:
      'Why another rule tells of it: the old one still matches but comes later; the new one matched before but came later; neither.',
  }),
  workload: z.string(),
  label: Label,
  image: z.string(),
  count,
  cause: z
    .object({
      how: z.enum(['alone', 'together', 'each', 'unsearched']).openapi({
        description: 'The one edit; all are needed; any is enough; none was found, for there are too many edits.',
      }),
      edits: z.array(count).openapi({ description: 'Numbers of `edits`.' }),
      text: z.string(),
    })
    .openapi({ description: 'The edits without which the alerts would be what they were.' }),
  examples: z.array(
    z.object({
      event: count,
      time: z.number().openapi({ type: 'integer', format: 'int64' }),
      before: ShownAlert.optional(),
      after: ShownAlert.optional(),
    }),
  ),
});

const EditSchema = z.object({
  number: count,
  kind: z.string().openapi({ example: 'list item removed' }),
  subject: z.enum(['list', 'macro', 'rule', 'order']),
  name: z.string(),
  text: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
  means: z.enum(['append', 'override', 'redefinition']).optional(),
  revocable: z.boolean(),
  source: z.string().optional(),
  line: count.optional(),
  column: count.optional(),
  alerts: count.openapi({ description: 'Changed alerts that it is a cause of.' }),
});

const Workload = z.object({
  name: z.string(),
  label: Label,
  events: count,
  alertsBefore: count,
  alertsAfter: count,
  appeared: count,
  vanished: count,
  changed: count,
  lostRules: names.openapi({ description: 'Rules that told of it before and that nothing tells for any more.' }),
});

const RuleDifference = z.object({
  name: z.string(),
  nameBefore: z.string().optional(),
  condition: z.enum(['same', 'same meaning', 'changed']),
  edits: z.array(count),
  eventTypes: SetDifference,
  outputFields: SetDifference,
  tags: SetDifference,
  priority: z.object({ before: z.string(), after: z.string() }).optional(),
  enabled: z.object({ before: z.boolean(), after: z.boolean() }).optional(),
});
const PartDifference = z.object({ name: z.string(), rules: names });

/** What `POST /v1/diff` answers. */
export const ChangeReportSchema = z
  .object({
    verdict: z.string().openapi({ example: '1 attack is no longer seen, 3 new alerts on benign work.' }),
    totals: Totals,
    version: z.object({
      level: z.enum(['major', 'minor', 'patch', 'none']),
      reasons: z.array(z.object({ level: Level, text: z.string() })),
    }),
    groups: z.array(Group),
    edits: z.array(EditSchema),
    workloads: z.array(Workload),
    difference: z.object({
      lists: SetDifference.extend({ changed: z.array(PartDifference) }),
      macros: SetDifference.extend({
        changed: z.array(PartDifference.extend({ sameMeaning: z.boolean(), eventTypes: SetDifference })),
      }),
      rules: SetDifference.extend({ changed: z.array(RuleDifference) }),
    }),
    diagnostics: z.object({ from: Diagnostics, to: Diagnostics, traces: Diagnostics }),
  })
  .openapi('ChangeReport');
