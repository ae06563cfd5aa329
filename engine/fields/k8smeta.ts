import type { Family, Reading } from './field.ts';
import { FIELD_ROWS } from './field-table.ts';
import { keyArgument } from './plugin-argument.ts';

/** Absent, and not decided by the event type: another trace could know. */
const UNKNOWN: Reading = { subject: 'event', read: () => undefined };

/** `k8smeta.*`: what the plugin k8smeta asks the cluster. No trace carries it, so all are absent, as in Falco without a collector. */
export const K8SMETA: Family = Object.fromEntries(
  FIELD_ROWS.filter(({ fieldClass }) => fieldClass === 'k8smeta').map(({ name, argument }) => [
    name,
    argument === 'none' ? UNKNOWN : (key: string | undefined) => keyArgument(name, key, () => UNKNOWN),
  ]),
);
