import type { Grading } from '../grade.ts';
import { isMapping, plainText, readPlain, samePlain, type Plain } from '../plain.ts';
import { overlaid } from '../overlaid.ts';
import { CLUSTER_PATH } from '../task.ts';
import type { StateDemand } from '../task-check.ts';

/** The cluster is as it was, but for what was asked. */
export function gradeState({ objects }: StateDemand, { task, handedIn }: Grading): string[] {
  const before = task.cluster ?? {};
  const wanted = overlaid(before, objects);
  const came = readPlain(CLUSTER_PATH, handedIn.get(CLUSTER_PATH) ?? '');
  if (!isMapping(wanted) || !isMapping(came)) return [`${CLUSTER_PATH} can't be read`];
  const names = new Set([...Object.keys(wanted), ...Object.keys(came)]);
  let untouched = 0;
  const lines = [...names].toSorted().flatMap((name) => {
    const [old, want, now] = [propertyOf(before, name), wanted[name], came[name]];
    if (samePlain(want, now)) return [];
    // Which one it is may be what is asked.
    if (samePlain(old, now)) return (untouched++, []);
    if (now === undefined) return [`${name} is gone`];
    if (want === undefined) return [`${name} is new`];
    const isAsked = !samePlain(old, want);
    return differences(want, now).map(([key, asked, found]) =>
      isAsked
        ? `${key} of ${name} is ${plainText(found)}, not ${plainText(asked)}`
        : `${name} was to be left alone; its ${key} is now ${plainText(found)}`,
    );
  });
  if (untouched === 0) return lines;
  const what = untouched === 1 ? '1 object that was to change is' : `${untouched} objects that were to change are`;
  return [...lines, `${what} as before`];
}

function propertyOf(value: Plain, key: string): Plain | undefined {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function differences(want: Plain, now: Plain): [string, Plain | undefined, Plain | undefined][] {
  const keys = new Set([...(isMapping(want) ? Object.keys(want) : []), ...(isMapping(now) ? Object.keys(now) : [])]);
  return [...keys].flatMap((key) => {
    const [asked, found] = [propertyOf(want, key), propertyOf(now, key)];
    return samePlain(asked, found) ? [] : [[key, asked, found]];
  });
}
