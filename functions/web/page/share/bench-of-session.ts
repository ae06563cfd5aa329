import { CREANCE_VERSION } from '../../../version.ts';
import { inOrder, ruleFiles, shownFile, type OpenFile } from '../playground/rule-files.ts';
import { columns, matching, openText, openTrace, selected, story, verdict } from '../playground/session.ts';
import type { SharedBench } from './shared-bench.ts';

/** Alerts as a link carries them. */
export function alertWords(): readonly string[] {
  return (verdict.value?.alerts ?? []).map(({ event, rule }) => `${event} ${rule}`);
}

/** What is on the page now, as a link carries it. */
export function benchOfSession(): SharedBench {
  const chosen = selected.value;
  const told = columns.value?.case;
  return {
    format: 1,
    engine: CREANCE_VERSION,
    files: ruleFiles.value.map(({ name, origin, text }) => ({ name, origin, text })),
    story: story.value && { ...story.value, ...(told !== undefined && { case: told }) },
    matching: matching.value,
    expected: alertWords(),
    ...(chosen !== undefined && {
      selected: { event: chosen.event, ...(chosen.rule !== undefined && { rule: chosen.rule }) },
    }),
  };
}

/** Puts what a link carries on the page. */
export async function openBench(bench: SharedBench): Promise<void> {
  ruleFiles.value = inOrder(bench.files as readonly OpenFile[]);
  shownFile.value = (ruleFiles.value.at(-1) as OpenFile).name;
  matching.value = bench.matching;
  if (bench.story !== undefined) await openText(bench.story.name, bench.story.text, bench.story.case);
  else await openTrace({ kind: 'bytes', name: 'nothing', bytes: new Blob([]) });
  const { selected: chosen } = bench;
  if (chosen !== undefined) selected.value = { event: chosen.event, rule: chosen.rule };
}
