import { timezoneOf, UTC, type Timezone } from '../../engine/output/timezone.ts';
import { UsageError, type Flag, type Given } from './command.ts';

/** `--timezone`, for commands that print times. */
export const TIMEZONE_FLAG: Flag = {
  name: 'timezone',
  value: 'ZONE',
  help: 'zone of the times shown: UTC unless given, +02:00 or Europe/Berlin',
};

/** The zone that `--timezone` names. */
export function timezoneFrom(given: Given): Timezone {
  const name = given.flag('timezone');
  if (name === undefined) return UTC;
  const zone = timezoneOf(name);
  if (zone === undefined) throw new UsageError(`--timezone: there is no zone '${name}'`);
  return zone;
}
