import type { Alert } from '../model/alert.ts';

/** An alert as the line of text that Falco prints, without its end of line: time, priority, message. */
export function alertLine(alert: Alert): string {
  return alert.output;
}
