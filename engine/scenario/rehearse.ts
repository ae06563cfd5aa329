import type { ByteString } from '../model/byte-string.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { perform, type Playable } from './perform.ts';
import type { ActorPlan, ContainerPlan, Step } from './scenario.ts';
import type { Refusal } from './stage/refusal.ts';

/**
 * Plays a scenario to nobody, to find what can't be played: names that nothing has, actors that are gone.
 *
 * @param doomed names that mistakes told of before would have given; what they lead to is not told again
 */
export function rehearse(
  scenario: Playable,
  doomed: ReadonlySet<ByteString>,
): { readonly diagnostics: readonly Diagnostic[]; readonly events: number } {
  const diagnostics: Diagnostic[] = [];
  const lost = new Set(doomed);
  const told = new Set<object>();
  const refuse = (of: Step | ActorPlan | ContainerPlan, refusal: Refusal): void => {
    // A step of a group that is repeated is told once.
    const place = 'spans' in of ? of.spans : of;
    if (told.has(place)) return;
    told.add(place);
    const follows = refusal.missing !== undefined && lost.has(refusal.missing);
    if (!follows) diagnostics.push(diagnosticOf(of, refusal));
    const gives = 'verb' in of ? of.as : of.name;
    if (gives !== undefined) lost.add(gives);
  };
  const steps = scenario.steps.filter((step) => {
    if (!lost.has(step.subject)) return true;
    if (step.as !== undefined) lost.add(step.as);
    return false;
  });
  const { events } = perform({ ...scenario, steps }, undefined, refuse);
  return { diagnostics, events };
}

function diagnosticOf(of: Step | ActorPlan | ContainerPlan, refusal: Refusal): Diagnostic {
  const span = 'spans' in of ? (of.spans.get(refusal.part) ?? of.span) : of.span;
  const { code, message, hint } = refusal;
  return { code, severity: 'error', message, span, ...(hint === undefined ? {} : { hint }) };
}
