import { isMapping, type Plain } from './plain.ts';

/** Objects with some of their properties changed. */
export function overlaid(before: Plain, change: Plain): Plain {
  if (!isMapping(change)) return change;
  const whole: Record<string, Plain> = isMapping(before) ? { ...before } : {};
  for (const [key, value] of Object.entries(change)) whole[key] = overlaid(whole[key] ?? null, value);
  return whole;
}
