import { z } from '@hono/zod-openapi';

const Place = z.object({ file: z.string(), line: z.number().int(), column: z.number().int() });
const Event = z
  .object({
    number: z.number().int(),
    time: z.number().openapi({ type: 'integer', format: 'int64', description: 'Nanoseconds since the epoch.' }),
    type: z.string(),
    entry: z.boolean().optional(),
    fields: z.record(z.string(), z.string()).openapi({ description: 'Some fields of the event that have a value.' }),
  })
  .openapi('ExplainedEvent');

const CHECK = {
  check: z.string().openapi({ example: 'proc.name in (shell_binaries)', description: 'As written, lists by name.' }),
  field: z.string(),
  operator: z.string(),
  constants: z.array(z.string()).openapi({ description: 'At most 50 of them.' }),
  constantCount: z.number().int(),
  lists: z.array(z.string()),
  holds: z.boolean(),
  value: z.unknown().openapi({ description: "What was read, typed as in Falco's JSON; null where there is no value." }),
  text: z.string().optional().openapi({ description: 'The same as Falco prints it.' }),
  reason: z.string().openapi({ example: 'other-case', description: 'Why, in one word for machines.' }),
  why: z.string().openapi({ example: 'differs only in case', description: 'Why, for people.' }),
  place: Place,
};
const Change = z
  .object({ ...CHECK, alternatives: z.number().int().openapi({ description: 'Other checks that would do as well.' }) })
  .openapi('ExplainedChange');
const Row = z
  .object({
    depth: z.number().int(),
    kind: z.enum(['and', 'or', 'not', 'macro', 'exception', 'check']),
    name: z.string().optional(),
    holds: z.boolean(),
    decisive: z.boolean().openapi({ description: 'Belongs to a least set of parts that decide the whole.' }),
    reached: z.boolean().openapi({ description: 'Falco, which stops at the first part that decides, comes to it.' }),
    ...z.object(CHECK).omit({ holds: true, place: true }).partial().shape,
    place: Place.optional(),
  })
  .openapi('TruthRow', { description: 'A part of the condition; its own parts follow it, one deeper.' });
const Rule = z.object({
  rule: z.string(),
  priority: z.string(),
  place: Place,
  outcome: z.enum(['unseen', 'other-type', 'switched-off', 'below-priority', 'no-match', 'shadowed', 'fired']),
  text: z.string().openapi({ example: 'did not fire: one check would have to change' }),
  holds: z.boolean(),
  shadowedBy: z.string().optional(),
  distance: z.number().int().nullable(),
  changes: z.array(Change).optional(),
  rowCount: z.number().int().optional(),
  rows: z.array(Row).optional(),
});
const AtEvent = z
  .object({ event: Event, visible: z.boolean(), ruleCount: z.number().int(), rules: z.array(Rule) })
  .openapi('EventExplanation');
const OverTrace = z
  .object({
    rule: z.string(),
    seen: z.record(z.string(), z.number().int()),
    types: z.array(z.string()),
    fired: z.number().int(),
    shadowed: z.record(z.string(), z.number().int()),
    skipped: z.number().int(),
    firings: z.array(Event),
    nearMisses: z.array(
      z.object({ event: Event, count: z.number().int(), distance: z.number().int(), changes: z.array(Change) }),
    ),
  })
  .openapi('NearMisses');

/** What `POST /v1/explain` tells: what an event says of rules, or what a trace says of one rule. */
export const ExplanationSchema = z.union([AtEvent, OverTrace]);
