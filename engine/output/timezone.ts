/** How many seconds local clocks are ahead of UTC at a time, given in nanoseconds since the epoch. */
export type Timezone = (time: bigint) => number;

/** The zone that outputs use unless another is asked for. */
export const UTC: Timezone = () => 0;

const NANOSECONDS = 1_000_000_000n;
const FIXED_OFFSET = /^(?:UTC)?([+-])(\d{1,2}):?(\d{2})?$/;

/**
 * A zone by its name in the tz database (`Europe/Berlin`), or by its offset (`+02:00`). Undefined for a name that is
 * none. The rules of named zones come from the JavaScript runtime, never the zone of the machine.
 */
export function timezoneOf(name: string): Timezone | undefined {
  if (name === 'UTC' || name === 'Z') return UTC;
  const fixed = FIXED_OFFSET.exec(name);
  if (fixed !== null) {
    const seconds = Number(fixed[2]) * 3600 + Number(fixed[3] ?? 0) * 60;
    return () => (fixed[1] === '-' ? -seconds : seconds);
  }
  return isZone(name) ? namedZone(name) : undefined;
}

function isZone(name: string): boolean {
  try {
    return clockOf(name) !== undefined;
  } catch {
    // The runtime's only way to tell that it doesn't know a zone.
    return false;
  }
}

function namedZone(name: string): Timezone {
  const clock = clockOf(name);
  let hour = -1n;
  let offset = 0;
  return (time) => {
    // Zones change their clocks at whole quarters of an hour, so an offset holds for one.
    const quarter = time / NANOSECONDS / 900n;
    if (quarter !== hour) [hour, offset] = [quarter, offsetAt(clock, Number(quarter * 900n))];
    return offset;
  };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const number = 'numeric';
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
  });
}

function offsetAt(clock: Intl.DateTimeFormat, second: number): number {
  const parts = new Map(clock.formatToParts(second * 1000).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local / 1000 - second;
}
