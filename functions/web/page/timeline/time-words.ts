/** A stretch of time from the beginning of a trace, in milliseconds, as an axis shows it. */
export function timeWords(ms: number, step: number): string {
  const sign = ms < 0 ? '-' : '+';
  const size = Math.abs(ms);
  if (step >= 60_000) {
    const minutes = Math.floor(size / 60_000);
    return `${sign}${minutes}:${String(Math.round((size % 60_000) / 1000)).padStart(2, '0')}`;
  }
  if (step >= 1000) return `${sign}${Math.round(size / 1000)} s`;
  if (step >= 1) return size >= 1000 ? `${sign}${(size / 1000).toFixed(3)} s` : `${sign}${Math.round(size)} ms`;
  return `${sign}${size.toFixed(3)} ms`;
}

/** The time of day of an event, in UTC with milliseconds. */
export function clockWords(startedAt: number, ms: number): string {
  return new Date(startedAt + ms).toISOString().slice(11, 23);
}
