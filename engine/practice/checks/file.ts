import type { Grading } from '../grade.ts';
import type { FileDemand } from '../task-check.ts';
import { linesOfRule } from './log.ts';

/** Lines of a file that are shown at most. */
const MOST = 3;

/** What a file holds: texts, JSON, lines that a rule prints. */
export async function gradeFile(demand: FileDemand, grading: Grading): Promise<string[]> {
  const { path, holds, lacks, isJson } = demand;
  const text = grading.handedIn.get(path);
  if (text === undefined) return [`there is no file ${path}`];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const found = [
    ...holds.filter((one) => !text.includes(one)).map((one) => `${path} does not hold '${one}'`),
    ...lacks.filter((one) => text.includes(one)).map((one) => `${path} holds '${one}', which was not to be there`),
  ];
  if (isJson) {
    const odd = lines.find((line) => objectOf(line) === undefined);
    if (lines.length === 0) found.push(`${path} is empty`);
    if (odd !== undefined) found.push(`${path} has a line that is no JSON: ${odd}`);
  }
  return demand.rule === undefined ? found : [...found, ...(await linesMissing(demand.rule, lines, demand, grading))];
}

/** Lines count by their message: when they were printed is no matter, nor in which form. */
async function linesMissing(
  rule: string,
  lines: readonly string[],
  { path, trace, atLeast, nothingElse }: FileDemand,
  grading: Grading,
): Promise<string[]> {
  const messages = new Set((await linesOfRule(rule, trace, grading)).map(({ message }) => message.trim()));
  const isOfRule = (line: string): boolean => messages.has(messageOf(line));
  const count = lines.filter(isOfRule).length;
  const found: string[] = [];
  if (count < atLeast) {
    const shown = lines.length === 0 ? `${path} is empty` : `${path} has ${lines.length} lines`;
    found.push(`${shown}; of '${rule}' there are ${count}, and ${atLeast} are needed`);
  }
  const others = nothingElse ? lines.filter((line) => !isOfRule(line)) : [];
  for (const line of others.slice(0, MOST)) found.push(`${path} holds what '${rule}' never says: ${line}`);
  if (others.length > MOST) found.push(`and ${others.length - MOST} lines more of this kind`);
  return found;
}

/** An alert's message, of Falco's line, of its JSON, of a line of syslog, or by itself. */
function messageOf(line: string): string {
  const output = objectOf(line)?.output;
  const whole = (typeof output === 'string' ? output : line).trim();
  const time = /(?:^|: )(?:\d{4}-\d\d-\d\dT)?\d\d:\d\d:\d\d\.\d{9}(?:\+0000)?: [A-Z][a-z]+ /.exec(whole);
  return time === null ? whole : whole.slice(time.index + time[0].length);
}

function objectOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
