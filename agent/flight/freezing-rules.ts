import { Detection } from '../../engine/detect.ts';
import type { Event } from '../../engine/model/event.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import type { RecordingWatch } from '../recording-watch.ts';

/**
 * A small rule set that is judged while it is recorded. It begins anew with each segment, as one that reads the segment
 * later does, so what it holds is bounded by a segment.
 */
export class FreezingRules implements RecordingWatch {
  readonly #rules: RuleSet;
  readonly #onAlert: (rule: string, output: string) => void;
  #detection: Detection | undefined;

  constructor(rules: RuleSet, onAlert: (rule: string, output: string) => void) {
    this.#rules = rules;
    this.#onAlert = onAlert;
  }

  state(): TraceSink {
    const onAlert = ({ rule, output }: { rule: string; output: string }) => this.#onAlert(rule, output);
    return (this.#detection = new Detection(this.#rules, { onAlert, matching: 'all' }));
  }

  event(event: Event): void {
    this.#detection?.event(event);
  }
}
