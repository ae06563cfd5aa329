import { ACCOUNT_DESCRIPTIONS } from './descriptions/account.ts';
import { CONTAINER_DESCRIPTIONS } from './descriptions/container.ts';
import { EVT_DESCRIPTIONS } from './descriptions/evt.ts';
import { FD_DESCRIPTIONS } from './descriptions/fd.ts';
import { KUBERNETES_DESCRIPTIONS } from './descriptions/kubernetes.ts';
import { PROCESS_DESCRIPTIONS } from './descriptions/process.ts';

/** What each field of the public table tells, in one sentence, by field name. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ...EVT_DESCRIPTIONS,
  ...PROCESS_DESCRIPTIONS,
  ...ACCOUNT_DESCRIPTIONS,
  ...FD_DESCRIPTIONS,
  ...CONTAINER_DESCRIPTIONS,
  ...KUBERNETES_DESCRIPTIONS,
};
