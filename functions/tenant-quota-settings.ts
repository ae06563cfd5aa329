import { DEFAULT_QUOTA, type Quota } from './store/policy.ts';
import { SettingsError } from './store/s3-settings.ts';

/** What a tenant may keep unless its policy says otherwise: `CREANCE_QUOTA_BYTES`, `CREANCE_QUOTA_TRACES`. */
export function quotaOf(env: Readonly<Record<string, string | undefined>>): Quota {
  const numberOf = (name: string): number | undefined => {
    const text = env[name] ?? '';
    if (text === '') return undefined;
    if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
    throw new SettingsError(`${name} is a number, not '${text}'`);
  };
  return {
    bytes: numberOf('CREANCE_QUOTA_BYTES') ?? DEFAULT_QUOTA.bytes,
    traces: numberOf('CREANCE_QUOTA_TRACES') ?? DEFAULT_QUOTA.traces,
  };
}
