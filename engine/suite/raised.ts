import type { Alert } from '../model/alert.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { AlertPattern } from '../scenario/expect.ts';
import { timeText } from './words.ts';

/** An alert, and the thread whose event it is about. */
export interface Raised {
  readonly alert: Alert;
  readonly tid: number;
}

/** What alerts are judged by beside themselves. */
export interface Scene {
  /** Process ids by the names of the story; empty for a recorded trace. */
  readonly pids: ReadonlyMap<ByteString, number>;
  /** Time of the first event, nanoseconds since the epoch. */
  readonly firstTime: bigint;
}

/** What is different about an alert from the one that is meant, a line each; none when it is meant. */
export function misfits(pattern: AlertPattern, { alert, tid }: Raised, scene: Scene): string[] {
  const found: string[] = [];
  const { rule, by, priority, output, contains, fields, window } = pattern;
  if (rule !== alert.rule) found.push(`rule: expected ${rule}, came ${alert.rule}`);
  if (by !== undefined && scene.pids.get(by) !== tid) {
    found.push(`by: expected ${toUnicode(by)}, came ${actorOf(tid, scene)}`);
  }
  if (priority !== undefined && priority !== alert.priority) {
    found.push(`priority: expected ${priority}, came ${alert.priority}`);
  }
  if (output !== undefined && output !== alert.message && output !== alert.output) {
    found.push(...different('output', output, alert.message));
  }
  for (const part of contains) {
    if (!alert.message.includes(part)) found.push(`contains: '${part}' is not in the output`);
  }
  for (const [field, value] of fields) {
    const name = toUnicode(field);
    if (!alert.outputFields.has(name)) found.push(`fields: the output has no ${name}`);
    else if (textOf(alert, name) !== value) {
      found.push(`fields: expected ${name}=${value}, came ${name}=${textOf(alert, name)}`);
    }
  }
  const at = alert.time - scene.firstTime;
  if (window !== undefined && (at < window[0] || at > window[1])) {
    found.push(`time: expected ${timeText(window)}, came after ${timeText(at)}`);
  }
  return found;
}

/** Who did something, by the name of the story. */
function actorOf(tid: number, { pids }: Scene): string {
  for (const [name, pid] of pids) if (pid === tid) return toUnicode(name);
  return `process ${tid}`;
}

/** A value of the output as text: `<NA>` where it is absent, as Falco prints it. */
function textOf(alert: Alert, field: string): string {
  const value = alert.outputFields.get(field);
  if (value === null || value === undefined) return '<NA>';
  return typeof value === 'object' && 'value' in value ? String(value.value) : String(value);
}

function different(what: string, expected: string, came: string): string[] {
  let same = 0;
  while (same < expected.length && expected[same] === came[same]) same++;
  const rest = (text: string): string => (same === text.length ? 'the end' : `'${text.slice(same, same + 40)}'`);
  return [
    `${what}: expected '${expected}'`,
    `${' '.repeat(what.length)}      came '${came}'`,
    `${' '.repeat(what.length)}  from character ${same + 1}: expected ${rest(expected)}, came ${rest(came)}`,
  ];
}
