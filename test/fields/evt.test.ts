import { namedArgument } from '../../engine/fields/evt/arguments.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secondsText } from '../../engine/fields/evt/param/number-text.ts';
import { paramMeaning, paramValue } from '../../engine/fields/evt/param/text.ts';
import { FIELD_ROWS } from '../../engine/fields/field-table.ts';
import { fieldInfos } from '../../engine/fields/field-info.ts';
import { buildEvent, type ParamInput } from '../../engine/model/event-builder.ts';
import { EVENT_TYPES } from '../../engine/model/event-types.ts';
import { fieldJson, fieldText } from '../../engine/output/field-text.ts';
import { UTC } from '../../engine/output/timezone.ts';
import { fieldNamed, keepsPromises, runCatalogueCases } from './catalogue-cases.ts';
import { momentOf, moveTo } from './moment-of.ts';

runCatalogueCases('evt.yaml');

describe('evt.arg of a name that no event has', () => {
  it("is the same reading for all of them, so that nothing is kept of a stranger's words", () => {
    expect(namedArgument('no_such_name')).toBe(namedArgument('nor_this_one'));
    expect(namedArgument('flags')).toBe(namedArgument('flags'));
    expect(namedArgument('flags')).not.toBe(namedArgument('mode'));
  });
});

describe('fields of the event', () => {
  const event = fieldInfos()
    .filter(({ fieldClass, name }) => fieldClass === 'evt' && !/arg$|\.is$|around/.test(name))
    .map(({ name }) => fieldNamed(name));
  const more = ['evt.arg[0]', 'evt.arg.flags', 'evt.arg.fd', 'evt.rawarg.res', 'evt.abspath.dst', 'fs.path.name'].map(
    fieldNamed,
  );

  it('read any bytes that an event can hold', () => {
    const types = EVENT_TYPES.filter((type) => type.params.length > 0 && type.name !== 'NA');
    const bytes = fc.option(fc.uint8Array({ maxLength: 40 }), { nil: undefined });
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.array(bytes, { maxLength: 32 }), (type, values) => {
        const moment = momentOf({ threads: [{ tid: 7, cwd: '/' }], event: { symbol: 'SYSCALL_BRK_4_X', tid: 7 } });
        const params: ParamInput[] = values.slice(0, type.params.length);
        moment.event = buildEvent(type.symbol, { time: 5n, tid: 7 }, params);
        for (const field of [...event, ...more]) {
          fieldText(field, moment, UTC);
          fieldJson(field, moment);
          keepsPromises(field, moment);
        }
        params.forEach((_, index) => paramMeaning(moment, index) + paramValue(moment, index));
      }),
      { numRuns: 400 },
    );
  });

  it('are all of the class', () => {
    expect(event.length).toBe(FIELD_ROWS.filter(({ fieldClass }) => fieldClass === 'evt').length - 4);
  });
});

describe('the time since a check was last evaluated', () => {
  const at = (num: number, time: string) => ({ symbol: 'SYSCALL_BRK_4_X', num, time });

  it('counts for each check apart, is zero at first, and stands while an event lasts', () => {
    const moment = momentOf({ event: at(1, '1000000000') });
    const [often, seldom] = [fieldNamed('evt.deltatime'), fieldNamed('evt.deltatime.s')];
    expect([often.read(moment), seldom.read(moment)]).toEqual([0, 0]);
    moveTo(moment, at(2, '1000000007'));
    expect([often.read(moment), often.read(moment)]).toEqual([7, 7]);
    moveTo(moment, at(3, '4000000000'));
    expect([often.read(moment), seldom.read(moment)]).toEqual([2999999993, 3]);
  });

  it('starts again with another run', () => {
    const field = fieldNamed('evt.deltatime');
    field.read(momentOf({ event: at(1, '1') }));
    expect(field.read(momentOf({ event: at(2, '100') }))).toBe(0);
  });

  it('is always zero in JSON', () => {
    const moment = momentOf({ event: at(1, '1') });
    const field = fieldNamed('evt.deltatime.ns');
    expect(fieldText(field, moment, UTC)).toBe('000000000');
    moveTo(moment, at(2, '8'));
    expect([fieldText(field, moment, UTC), fieldJson(field, moment)]).toEqual(['000000007', 0]);
  });
});

describe('a time that an event should be near', () => {
  it('is offered beside the time of the event', () => {
    const moment = momentOf({ event: { symbol: 'SYSCALL_BRK_4_X', time: '1534527347000000012' } });
    expect(fieldNamed('evt.around[1534527346000000000]').candidates?.(moment)).toEqual([
      1534527346000000000n,
      1534527347000000012n,
    ]);
    expect(fieldNamed('evt.around[-1]').candidates?.(moment)?.[0]).toBe(0xffff_ffff_ffff_ffffn);
  });
});

describe('how often a field is read', () => {
  it('counts from one in every run', () => {
    const moment = momentOf({ event: { symbol: 'SYSCALL_BRK_4_X' } });
    const field = fieldNamed('util.cnt');
    expect([field.read(moment), field.read(moment)]).toEqual([1, 2]);
    expect(field.read(momentOf({ event: { symbol: 'SYSCALL_BRK_4_X' } }))).toBe(1);
  });
});

describe('durations', () => {
  it.each([
    [0, '0s'],
    [1, '1e-09s'],
    [100_000, '0.0001s'],
    [99_999, '9.9999e-05s'],
    [1_500_000_000, '1.5s'],
    [123_456_789_000_000, '123457s'],
    [1_000_000_000_000_000, '1e+06s'],
    [12_345_678_000_000_000n, '1.23457e+07s'],
  ])('of %s nanoseconds are %s', (nanoseconds, text) => {
    expect(secondsText(nanoseconds)).toBe(text);
  });
});
