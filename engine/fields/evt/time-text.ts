const NANOSECONDS = 1_000_000_000n;
const SECONDS_OF_DAY = 86_400n;

/**
 * Time of day as `HH:MM:SS`, with nanoseconds where asked.
 *
 * @param time nanoseconds since the epoch
 * @param offset seconds that the clock is ahead of UTC
 */
export function timeOfDay(time: bigint, offset: number, nanoseconds: boolean): string {
  const local = time / NANOSECONDS + BigInt(offset);
  const second = Number(((local % SECONDS_OF_DAY) + SECONDS_OF_DAY) % SECONDS_OF_DAY);
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(twoDigits).join(':');
  return nanoseconds ? `${clock}.${nineDigits(time % NANOSECONDS)}` : clock;
}

/** Date and time of day as `YYYY-MM-DD HH:MM:SS`, likewise. */
export function dateAndTime(time: bigint, offset: number, nanoseconds: boolean): string {
  return `${date(time, offset)} ${timeOfDay(time, offset, nanoseconds)}`;
}

/** `YYYY-MM-DDTHH:MM:SS.nnnnnnnnn` in UTC, with the zone's name or offset behind it. */
export function isoTime(time: bigint, zone: string): string {
  return `${date(time, 0)}T${timeOfDay(time, 0, true)}${zone}`;
}

/** A number of nanoseconds with leading zeros. */
export function nineDigits(nanoseconds: bigint | number): string {
  return String(nanoseconds).padStart(9, '0');
}

function date(time: bigint, offset: number): string {
  // A 64-bit count of nanoseconds ends in the year 2554, far within what a Date holds.
  return new Date((Number(time / NANOSECONDS) + offset) * 1000).toISOString().slice(0, 10);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
