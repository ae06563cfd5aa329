import type { Need } from '../plan/needs.ts';

/** What a rule asks and the trace lacks, each with the names of the event types that lack it, where it is some event's. */
export type Lacks = ReadonlyMap<Need, ReadonlySet<string>>;

/** Why a trace can't decide a rule: fields, then what the trace lacks for them; `; ` between several. */
export function undecidableReason(lacks: Lacks): string {
  const fields = new Map<string, string[]>();
  for (const [need, names] of lacks) {
    const reason = reasonOf(need, [...names].toSorted());
    fields.set(reason, [...(fields.get(reason) ?? []), need.field]);
  }
  return [...fields].map(([reason, names]) => `${names.toSorted().join(', ')}: ${reason}`).join('; ');
}

function reasonOf({ source }: Need, names: readonly string[]): string {
  switch (source.kind) {
    case 'plugin':
      return `the trace has no data of the plugin ${source.plugin}`;
    case 'containers':
      return 'the trace tells nothing of its containers but their ids';
    case 'hosts':
      return 'no table of host names was given';
    default:
      return `the ${names.join(' and ')} events of the trace have no parameter ${source.param}`;
  }
}
