import { expect, it } from 'vitest';
import { describeConformance } from './data.ts';
import { captureRuns, firstDifference, techniqueRuns } from './golden-alerts.ts';

describeConformance('alerts of the upstream rules', () => {
  it.each(captureRuns())('are those of Falco: $name', (run) => expect(firstDifference(run)).toBeUndefined());
});

describeConformance('alerts of single techniques', () => {
  it.each(techniqueRuns())('are those of Falco: $name', (run) => expect(firstDifference(run)).toBeUndefined());
});
