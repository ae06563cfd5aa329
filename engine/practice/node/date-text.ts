const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SECOND = 1_000_000_000n;
const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** Parts of a time in UTC, as the tools of a node write them. */
export interface DateParts {
  readonly day: string;
  readonly month: string;
  /** Two digits each. */
  readonly date: string;
  readonly clock: string;
  readonly year: string;
  /** `2026-03-02` */
  readonly iso: string;
}

/**
 * Takes a time apart.
 *
 * @param time nanoseconds since the epoch
 */
export function dateParts(time: bigint): DateParts {
  const at = new Date(Number(time / 1_000_000n));
  const text = at.toISOString();
  return {
    day: DAYS[at.getUTCDay()] as string,
    month: MONTHS[at.getUTCMonth()] as string,
    date: text.slice(8, 10),
    clock: text.slice(11, 19),
    year: text.slice(0, 4),
    iso: text.slice(0, 10),
  };
}

/** `Mar 02 09:00:00`, as the journal writes it. */
export function journalTime(time: bigint): string {
  const { month, date, clock } = dateParts(time);
  return `${month} ${date} ${clock}`;
}

/** `Mon Mar 02 09:00:00 2026`, as Falco's log writes it. */
export function logTime(time: bigint): string {
  const { day, month, date, clock, year } = dateParts(time);
  return `${day} ${month} ${date} ${clock} ${year}`;
}

/** `Mon 2026-03-02 09:00:00 UTC`, as systemd writes it. */
export function unitTime(time: bigint): string {
  const { day, iso, clock } = dateParts(time);
  return `${day} ${iso} ${clock} UTC`;
}

/** An age as Kubernetes writes it: `48s`, `5m12s`, `3h20m`, `2d4h`. */
export function ageText(nanoseconds: bigint): string {
  let rest = Math.max(0, Number(nanoseconds / SECOND));
  // Smaller units are left out of what is long.
  const units = rest < 600 ? UNITS : rest < 86_400 ? UNITS.slice(0, 3) : UNITS.slice(0, 2);
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.join('') || '0s';
}

/** How long ago as systemd writes it: `2min 5s ago`. */
export function agoText(nanoseconds: bigint): string {
  const seconds = Math.max(0, Number(nanoseconds / SECOND));
  if (seconds < 60) return `${seconds}s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}min ${seconds % 60}s ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}h ${Math.floor(seconds / 60) % 60}min ago`;
  return `${Math.floor(seconds / 86_400)} days ago`;
}
