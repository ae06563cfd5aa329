import { TRUE, type Graph, type Ref } from '../plan/graph.ts';

/** The condition of a rule in the parts that a shortlist looks at one after the other. */
export interface RuleParts {
  /** What must hold of the thread. */
  readonly thread: Ref;
  /** What must hold of the program's main text. */
  readonly text: Ref;
  /** What else must hold, each part of it. */
  readonly others: readonly Ref[];
}

/** Takes the conditions of a program apart. The main text is the one that most of them are about. */
export function takeApart(graph: Graph, roots: readonly Ref[]): readonly RuleParts[] {
  const conjunctions = roots.map((root) => ((root & 1) === 0 ? (graph.children[root >> 1] ?? [root]) : [root]));
  const subjects = conjunctions.flatMap((parts) => parts.map((part) => graph.subjectOf(part)));
  const [mainText] = byFrequency(subjects.filter((subject) => subject.startsWith('text:')));
  return conjunctions.map((parts) => {
    const about = (subject: string | undefined) => parts.find((part) => graph.subjectOf(part) === subject) ?? TRUE;
    const [thread, text] = [about('thread'), about(mainText)];
    return { thread, text, others: parts.filter((part) => part !== thread && part !== text) };
  });
}

/** The values that occur more than once or not, most frequent first. */
export function byFrequency<Value>(values: readonly Value[], least = 1): readonly Value[] {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= least)
    .sort((a, b) => b[1] - a[1])
    .map(([value]) => value);
}
