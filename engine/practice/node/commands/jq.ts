import { complain, type NodeCommand } from '../node-command.ts';
import { readOptions } from '../options.ts';
import { eachLine } from './file-input.ts';
import { JqProblem, readFilter, type Filter, type Json } from './jq-filter.ts';

/** Nesting of a value; an alert has four levels. */
const MAX_DEPTH = 1_000;

/** `jq`, for JSON of which each line is a value, as Falco writes it. */
export const JQ: NodeCommand = {
  name: 'jq',
  usage: '[-r] [-c] FILTER [FILE]...',
  about: 'looks into JSON, a value a line: jq -r \'.output_fields["k8s.pod.name"]\', select(.rule == "...")',
  *run(io) {
    const options = readOptions(io.args, ['r', 'c', 's', 'raw-output', 'compact-output', 'slurp']);
    if (options.unknown !== undefined) return complain(io, `unknown option ${options.unknown}`, 2);
    const [program = '.', ...names] = options.words;
    let filter: Filter;
    try {
      filter = readFilter(program);
    } catch (error) {
      if (error instanceof JqProblem) return complain(io, `error: ${error.message}`, 3);
      throw error;
    }
    const isRaw = options.has('r', 'raw-output');
    const indent = options.has('c', 'compact-output') ? undefined : 2;
    const all: Json[] = [];
    const isWhole = options.has('s', 'slurp');
    let bad: string | undefined;
    const show = (value: Json): void => {
      const found = tried(filter, value);
      if (typeof found === 'string') bad = `error: ${found}`;
      else {
        for (const one of found) {
          io.output.write(`${isRaw && typeof one === 'string' ? one : JSON.stringify(one, undefined, indent)}\n`);
        }
      }
    };
    const hasFailed = yield* eachLine(io, names, (line) => {
      if (line.trim() === '') return true;
      const value = parsed(line);
      if (value === undefined) bad = `parse error: a line is no JSON: ${line.slice(0, 80)}`;
      else if (isWhole) all.push(value);
      else show(value);
      return bad === undefined;
    });
    if (bad === undefined && isWhole) show(all);
    if (bad !== undefined) return complain(io, bad, 5);
    return hasFailed ? 2 : 0;
  },
};

/** What a filter makes of a value; in words why it can't. */
function tried(filter: Filter, value: Json): readonly Json[] | string {
  try {
    return filter(value);
  } catch (error) {
    if (error instanceof JqProblem) return error.message;
    throw error;
  }
}

/** Undefined for what is no JSON, or is nested deeper than anything is. */
function parsed(line: string): Json | undefined {
  if (/[[{]/.test(line) && depthOf(line) > MAX_DEPTH) return undefined;
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}

/** Brackets that are open at a time; those in texts count as well. */
function depthOf(line: string): number {
  let [depth, most] = [0, 0];
  for (const letter of line) {
    if (letter === '[' || letter === '{') most = Math.max(most, ++depth);
    else if (letter === ']' || letter === '}') depth--;
  }
  return most;
}
