/** A size for people. */
export function sizeText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** A number for people: 1,234,567. */
export function countText(count: number): string {
  return count.toLocaleString('en');
}

/** A time of nanoseconds since the epoch, in UTC: `2026-01-05 09:00:00.003820000`. */
export function timeText(nanoseconds: string): string {
  const time = BigInt(nanoseconds);
  const second = new Date(Number(time / 1_000_000_000n) * 1_000).toISOString().slice(0, 19).replace('T', ' ');
  return `${second}.${String(time % 1_000_000_000n).padStart(9, '0')}`;
}

/** How long it is from one time to another, in the unit that says most. */
export function durationText(from: string, to: string): string {
  const seconds = Number(BigInt(to) - BigInt(from)) / 1e9;
  if (seconds < 120) return `${seconds.toFixed(seconds < 1 ? 3 : 1)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${(seconds / 3_600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} days`;
}

/** Labels in one line. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

/** A few of several names, and how many more there are. */
export function someOf(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
