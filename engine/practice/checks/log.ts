import type { Grading } from '../grade.ts';
import { loadStack } from '../rule-stack.ts';
import { playingsOfTrace } from '../trace-playings.ts';
import type { LogDemand } from '../task-check.ts';

/** A line that may be there, in both forms: with Falco's time and priority, and without. */
interface Line {
  readonly whole: string;
  readonly message: string;
}

/** A file holds exactly the lines of a rule in a window of a trace, in order, with or without time and priority. */
export async function gradeLog({ path, rule, trace, from, until }: LogDemand, grading: Grading): Promise<string[]> {
  const text = grading.handedIn.get(path);
  if (text === undefined) return [`there is no file ${path}`];
  const written = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const all = await linesOfRule(rule, trace, grading);
  const wanted = all.filter(({ at }) => at >= from && at < until);
  const fits = (line: string, one: Line): boolean => line === one.whole.trim() || line === one.message.trim();
  const first = wanted.findIndex((one, i) => !fits(written[i] ?? '', one));
  if (first === -1 && written.length === wanted.length) return [];
  const counts = `${path} has ${written.length} lines; '${rule}' has ${wanted.length} in this time`;
  if (first === -1)
    return [
      counts,
      `line ${wanted.length + 1} is too much: ${written[wanted.length]}`,
      ...late(written[wanted.length] as string),
    ];
  const came = written[first];
  if (came === undefined) return [counts, `missing from line ${first + 1} on: ${(wanted[first] as Line).message}`];
  return [counts, `line ${first + 1} is ${came}`, ...late(came, wanted[first])];

  /** A line that is right but of another time. */
  function late(line: string, instead?: Line): string[] {
    const other = all.find((one) => fits(line, one));
    if (other === undefined) return [`'${rule}' never says so`, ...rightUntil(line, instead)];
    return other.at >= from && other.at < until
      ? ['it stands in another place']
      : ['it is from outside of the time asked for'];
  }
}

/** How far a line is as it should be in its place: what is wrong with its form begins there. */
function rightUntil(line: string, instead: Line | undefined): string[] {
  if (instead === undefined) return [];
  const { whole, message } = instead;
  const hasTime = line.startsWith(whole.slice(0, whole.indexOf(message)));
  const wanted = (hasTime ? whole : message).trim();
  let length = 0;
  while (length < line.length && line[length] === wanted[length]) length++;
  return length === 0 ? [] : [`in this place it is right up to '${line.slice(0, length)}'`];
}

/** What a rule of the solution says on a trace, line by line, and when: nanoseconds after the first event. */
export async function linesOfRule(
  rule: string,
  name: string,
  { task, files, machinery }: Grading,
): Promise<readonly (Line & { readonly at: bigint })[]> {
  const { ruleSet, configuration } = loadStack(task.solution.files);
  const trace = task.traces.find((one) => one.name === name);
  if (ruleSet === undefined || trace === undefined) throw new Error(`${task.id} can't print the log of '${name}'`);
  const [playing] = playingsOfTrace(trace, files).playings;
  const run = machinery.beginRun(ruleSet, {
    matching: 'first',
    ...configuration?.run,
    hosts: playing?.hosts ?? new Map(),
  });
  await playing?.play(run);
  return run.raised
    .filter(({ alert }) => alert.rule === rule)
    .map(({ alert }) => ({ whole: alert.output, message: alert.message, at: alert.time - run.firstTime }));
}
