import { signal } from '@preact/signals';
import type { ComparedTrace } from '../judge/compare-rules.ts';
import type { RuleFile } from '../judge/protocol.ts';
import { library, loadLibrary, scenarioText, starterRules } from '../playground/library.ts';
import { matching, judge } from '../playground/session.ts';
import { openRuleFiles } from '../playground/begin.ts';
import type { ChangeJson } from './change-shapes.ts';

/** What a comparison can run over. */
export type Workloads = 'attacks' | 'twins' | 'ordinary';

/** The rules before the change. */
export const before = signal<readonly RuleFile[]>([]);
/** The rules after it. */
export const after = signal<readonly RuleFile[]>([]);
/** What they are run over. */
export const workloads = signal<ReadonlySet<Workloads>>(new Set(['attacks', 'twins', 'ordinary']));
/** Recordings that were opened for this, held by the page. */
export const recordings = signal<readonly File[]>([]);
/** What came of it. */
export const change = signal<ChangeJson | undefined>(undefined);
/** How far it is. */
export const progress = signal<{ readonly done: number; readonly total: number } | undefined>(undefined);
/** What went wrong, for people. */
export const compareTrouble = signal<string | undefined>(undefined);

/** Puts the shipped rules on one side and those of the playground on the other, where nothing was chosen yet. */
export async function prepare(): Promise<void> {
  if (library.value.length === 0) await loadLibrary();
  if (before.value.length === 0) before.value = [{ name: 'starter_rules.yaml', text: await starterRules() }];
  if (after.value.length === 0) after.value = await openRuleFiles();
}

/** Runs both versions over all that is chosen. */
export async function compare(): Promise<void> {
  compareTrouble.value = undefined;
  try {
    const traces = await tracesOf();
    const total = traces.length;
    progress.value = { done: 0, total };
    const comparison = { from: before.value, to: after.value, traces, matching: matching.value };
    const json = await judge.ask('compare', comparison, (done) => (progress.value = { done, total }));
    if (json !== undefined) change.value = JSON.parse(json) as ChangeJson;
  } catch (error) {
    compareTrouble.value = (error as Error).message;
  } finally {
    progress.value = undefined;
  }
}

async function tracesOf(): Promise<readonly ComparedTrace[]> {
  const chosen = workloads.value;
  const stories = await Promise.all(
    library.value.flatMap(({ name, benign }) => {
      const isWork = name.startsWith('workloads/');
      const own = chosen.has(isWork ? 'ordinary' : 'attacks') ? [storyOf(name, isWork ? 'benign' : undefined)] : [];
      return [...own, ...(benign && chosen.has('twins') ? [storyOf(`${name}.benign`, 'benign')] : [])];
    }),
  );
  const files = recordings.value.map((file) => ({ trace: { kind: 'bytes', name: file.name, bytes: file } as const }));
  return [...stories, ...files];
}

async function storyOf(name: string, label: 'benign' | undefined): Promise<ComparedTrace> {
  return { trace: { kind: 'scenario', name, text: await scenarioText(name) }, label };
}
