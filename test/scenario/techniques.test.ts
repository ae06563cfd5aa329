import { expect, it } from 'vitest';
import { describeConformance } from '../conformance/data.ts';
import { playedAlerts, recordedAlerts, toldTechniques } from './techniques.ts';

describeConformance('techniques as stories', () => {
  const told = toldTechniques();

  it.each(told)('$technique, $side: the alerts are those of the recording', ({ technique, side }) => {
    expect(playedAlerts(technique, side)).toEqual(recordedAlerts(technique, side));
  });

  it('are most of those that were recorded, and all that are told fire what they are for', () => {
    const fires = told
      .filter(({ side }) => side === 'fires')
      .map(({ technique }) => recordedAlerts(technique, 'fires'));
    expect(fires.length).toBeGreaterThan(60);
    expect(fires.filter((alerts) => alerts.length === 0)).toEqual([]);
  });
});
