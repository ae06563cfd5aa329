import type { EventExplanation, NearMisses } from '../../../client/service-api.ts';
import { effect, signal } from '@preact/signals';
import { judge, selected, verdict } from './session.ts';

/** The rule whose near misses are asked for, while no event is chosen. */
export const asked = signal<string | undefined>(undefined);

/** What the engine says of the event that is chosen, or of the rule that is asked for. */
export const answer = signal<
  | {
      readonly kind: 'event';
      readonly answer: EventExplanation;
      readonly values: readonly (readonly [string, string])[];
    }
  | { readonly kind: 'rule'; readonly answer: NearMisses }
  | { readonly kind: 'error'; readonly text: string }
  | undefined
>(undefined);

/** Asks whenever another event is chosen, and again after every verdict. */
export function beginExplaining(): void {
  effect(() => {
    const chosen = selected.value;
    const rule = asked.value;
    if (verdict.value === undefined) return;
    if (chosen !== undefined) void explainEvent(chosen.event, chosen.rule);
    else if (rule !== undefined) void explainRule(rule);
    else answer.value = undefined;
  });
}

async function explainEvent(event: number, rule: string | undefined): Promise<void> {
  try {
    const [json, values] = await Promise.all([judge.ask('explain', { event, rule }), judge.ask('values', { event })]);
    if (json === undefined || values === undefined || selected.peek()?.event !== event) return;
    answer.value = { kind: 'event', answer: JSON.parse(json) as EventExplanation, values };
  } catch (error) {
    answer.value = { kind: 'error', text: (error as Error).message };
  }
}

async function explainRule(rule: string): Promise<void> {
  try {
    const json = await judge.ask('misses', { rule });
    if (json === undefined || selected.peek() !== undefined) return;
    answer.value = { kind: 'rule', answer: JSON.parse(json) as NearMisses };
  } catch (error) {
    answer.value = { kind: 'error', text: (error as Error).message };
  }
}
