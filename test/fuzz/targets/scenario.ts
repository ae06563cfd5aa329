import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';
import { heldDiagnostics } from '../diagnostics.ts';
import { joinBytes } from '../mutate/bytes.ts';
import { changeText } from '../mutate/text.ts';
import { stories } from '../samples.ts';
import { promise, type Target, type Watch } from '../target.ts';
import { SCENARIO_WORDS, storyText } from '../words/scenario.ts';
import { runTrace } from './scap.ts';

/** Milliseconds that an event may take to be rehearsed, played, written and read: a story may ask for a million. */
const PER_EVENT = 0.02;
/** Traces up to which all that is done with a recorded one is done with a played one too. */
const MAX_READ_BYTES = 256 * 1024;

/** Stories: read, rehearsed and played to their end or refused with a reason; what was played is a good trace. */
export const scenario: Target<string> = {
  name: 'scenario',
  kind: 'text',
  brief: 250,
  make: (random) => (random.once(3) ? random.pick(stories()) : storyText(random)),
  change: (text, random) => changeText(text, random, { words: SCENARIO_WORDS, samples: stories() }),
  run(text, watch) {
    watch.allow(repetitions(text) * PER_EVENT);
    const { bytes, kinds, events } = played(text, watch);
    if (events === 0 || bytes.length > MAX_READ_BYTES) return kinds;
    return [...kinds, ...runTrace(bytes, ['scap', 'jsonl'])];
  },
};

function played(text: string, watch: Watch): { bytes: Uint8Array; kinds: string[]; events: number } {
  const parts: Uint8Array[] = [];
  const {
    scenario: read,
    performance,
    diagnostics,
  } = simulate(new Source('story.yaml', text), 'scap', (bytes) => {
    parts.push(bytes);
  });
  const bytes = joinBytes(parts);
  promise(read !== undefined || bytes.length === 0, 'something was written of a story that was refused');
  promise(read !== undefined || diagnostics.length > 0, 'a story was refused without a reason');
  promise(performance?.steps.length === read?.steps.length, 'not every step was played');
  const events = performance?.events ?? 0;
  watch.allow(events * PER_EVENT);
  return {
    bytes,
    kinds: [...heldDiagnostics(diagnostics), `events about ${Math.round(Math.log2(1 + events))}`],
    events,
  };
}

/** Events that the text may ask for: the largest number after `repeat`, up to the limit of a scenario. */
function repetitions(text: string): number {
  const counts = [...text.matchAll(/repeat["']?: *["']?(\d+)/g)].map((match) => Number(match[1]));
  return Math.min(
    1_000_000,
    counts.reduce((sum, count) => sum + count, 0),
  );
}
