import { signal } from '@preact/signals';
import { askJson, token } from '../service/ask.ts';
import type { Label } from '../../../../engine/change/workload.ts';
import type { ComparedTrace } from '../judge/compare-rules.ts';
import type { RuleFile } from '../judge/protocol.ts';
import { library, loadLibrary, scenarioText, starterRules } from '../playground/library.ts';
import { matching, judge } from '../playground/session.ts';
import { openRuleFiles } from '../playground/begin.ts';
import type { ChangeReport, Trace, TracePage } from '../../../client/service-api.ts';

/** Traces of the service that are offered, the latest. */
export const MOST_STORED = 100;
const LABELS = ['attack', 'benign'] as const;

/** What a comparison can run over. */
export type Workloads = 'attacks' | 'twins' | 'ordinary';

/** A recording of this machine, and what it shows. */
export interface OpenRecording {
  readonly file: File;
  readonly label: Label;
}

/** The rules before the change. */
export const before = signal<readonly RuleFile[]>([]);
/** The rules after it. */
export const after = signal<readonly RuleFile[]>([]);
/** What they are run over. */
export const workloads = signal<ReadonlySet<Workloads>>(new Set(['attacks', 'twins', 'ordinary']));
/** Recordings that were opened for this, held by the page. */
export const recordings = signal<readonly OpenRecording[]>([]);
/** Traces that the service keeps; undefined until they were asked for. */
export const stored = signal<readonly Trace[] | undefined>(undefined);
/** Ids of those that are chosen. */
export const chosenStored = signal<ReadonlySet<string>>(new Set());
/** Why there are none, for people. */
export const storedTrouble = signal<string | undefined>(undefined);
/** What came of it. */
export const change = signal<ChangeReport | undefined>(undefined);
/** The same as Markdown. */
export const changeText = signal('');
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

/** Asks the service what traces it keeps. */
export async function loadStored(): Promise<void> {
  try {
    const { traces } = await askJson<TracePage>(`/v1/traces?limit=${MOST_STORED}`);
    stored.value = traces.filter(({ state }) => state !== 'unreadable' && state !== 'open');
    storedTrouble.value = undefined;
  } catch (error) {
    stored.value = [];
    storedTrouble.value = (error as Error).message;
  }
}

/** Runs both versions over all that is chosen. */
export async function compare(): Promise<void> {
  compareTrouble.value = undefined;
  try {
    const traces = await tracesOf();
    const total = traces.length;
    progress.value = { done: 0, total };
    const comparison = { from: before.value, to: after.value, traces, matching: matching.value };
    const came = await judge.ask('compare', comparison, (done) => (progress.value = { done, total }));
    if (came === undefined) return;
    changeText.value = came.markdown;
    change.value = JSON.parse(came.json) as ChangeReport;
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
  const files = recordings.value.map(({ file, label }) => ({
    label,
    trace: { kind: 'bytes', name: file.name, bytes: file } as const,
  }));
  return [
    ...stories,
    ...files,
    ...(stored.value ?? []).filter(({ id }) => chosenStored.value.has(id)).map(storedTrace),
  ];
}

/** A trace of the service, which it sends as it is asked for; labelled as its label `kind` says. */
function storedTrace({ id, name, labels }: Trace): ComparedTrace {
  const label = LABELS.find((one) => one === labels['kind']);
  return { label, trace: { kind: 'address', name, url: `/v1/traces/${id}/content`, token: token.peek() } };
}

async function storyOf(name: string, label: 'benign' | undefined): Promise<ComparedTrace> {
  return { trace: { kind: 'scenario', name, text: await scenarioText(name) }, label };
}
