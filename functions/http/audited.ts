import { audit } from '../store/audit-log.ts';
import { tenantOf, type Call } from './api.ts';

/** Keeps in the audit log that a request wrote something; the answer waits for it. */
export async function audited(call: Call, action: string, object: string): Promise<void> {
  const time = new Date(call.get('settings').now()).toISOString();
  const token = call.get('caller')?.token;
  await audit(call.get('store')(), tenantOf(call), { time, request: call.get('requestId'), token, action, object });
}
