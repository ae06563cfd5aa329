import { describe, expect, it } from 'vitest';
import { PATH_EVENTS } from '../../engine/fields/fs-path-table.ts';
import { EVENT_TYPES } from '../../engine/model/event-types.ts';
import { fieldNamed, runCatalogueCases } from './catalogue-cases.ts';
import { momentOf } from './moment-of.ts';

runCatalogueCases('fs-path.yaml');

describe('paths', () => {
  it('are declared for exactly the event types that can carry them', () => {
    for (const which of ['name', 'source', 'target'] as const) {
      const codes = EVENT_TYPES.map(({ code }) => code).filter((code) => PATH_EVENTS[code]?.[which] !== undefined);
      expect([...(fieldNamed(`fs.path.${which}`).eventTypes ?? [])]).toEqual(codes);
    }
  });

  it('have no value on any other event', () => {
    const moment = momentOf({
      threads: [{ tid: 7, cwd: '/' }],
      event: { symbol: 'SYSCALL_KILL_X', tid: 7, params: [0, 1, 9] },
    });
    expect(fieldNamed('fs.path.name').read(moment)).toBeUndefined();
  });
});
