import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Text } from '../../engine/fields/evt/param/bytes-text.ts';
import { decodeBase64 } from '../../engine/fields/transform-base64.ts';
import { ConditionText } from '../../engine/filter/condition-text.ts';
import { byteString } from '../../engine/model/byte-string.ts';
import { buildEvent } from '../../engine/model/event-builder.ts';
import { fieldJson, fieldText } from '../../engine/output/field-text.ts';
import { parseTemplate } from '../../engine/output/parse-template.ts';
import { renderText } from '../../engine/output/render-alert.ts';
import { UTC } from '../../engine/output/timezone.ts';
import { Moment } from '../../engine/state/moment.ts';
import { createSystem } from '../../engine/state/system.ts';
import { fieldNamed } from '../fields/catalogue-cases.ts';

const once = (text: string) => Buffer.from(text, 'latin1').toString('base64');

describe('buffers in base64', () => {
  it('are what any base64 reader reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(base64Text(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(base64Text(bytes))).toBe(byteString(bytes));
      }),
    );
  });

  it.each([
    ['evt.arg.data', once('a\0b\n'), 'a.b.'],
    ['evt.arg[1]', once('a\0b\n'), 'a.b.'],
    ['evt.rawarg.data', once('a\0b\n'), 'a.b.'],
    ['evt.args', `res=4 data=${once('a\0b\n')} fd=3 size=4`, 'res=4 data=a.b. fd=3 size=4'],
    ['evt.buffer', once(once('a\0b\n')), 'a.b.'],
  ])('%s shows as %s, else as %s', (name, inBase64, withDots) => {
    const field = fieldNamed(name);
    expect(fieldText(field, writing('a\0b\n', true), UTC)).toBe(inBase64);
    expect(fieldJson(field, writing('a\0b\n', true))).toBe(inBase64);
    expect(fieldText(field, writing('a\0b\n', false), UTC)).toBe(withDots);
    expect(fieldJson(field, writing('a\0b\n', false))).toBe(withDots);
  });

  it('change nothing in what a condition sees', () => {
    const moment = writing('a\0b\n', true);
    expect(fieldNamed('evt.buffer').read(moment)).toBe('a\0b\n');
    expect(fieldNamed('evt.arg.data').read(moment)).toBe('a.b.');
  });

  it.each([
    ['%toupper(evt.arg.data)', 'a\0b', once('a\0b').toUpperCase(), 'A.B'],
    ['%tolower(evt.arg[1])', 'A\0B', once('A\0B').toLowerCase(), 'a.b'],
    ['%b64(evt.arg.data)', 'aGk=', 'aGk=', 'hi'],
    ['%b64(evt.buffer)', 'aGk=', once('aGk=\0'), 'hi.'],
  ])('are what a transformer in an output gets: %s of %j is %j, else %j', (output, data, inBase64, withDots) => {
    const { template } = parseTemplate(ConditionText.ofText(output));
    if (template === undefined) throw new Error('refused');
    expect(renderText(template, writing(data, true))).toBe(inBase64);
    expect(renderText(template, writing(data, false))).toBe(withDots);
  });

  it('are left out where they are longer than what Falco has room for', () => {
    const texts = [573, 574].map((length) =>
      fieldText(fieldNamed('evt.buffer'), writing('x'.repeat(length), true), UTC),
    );
    expect(texts.map(({ length }) => length)).toEqual([1020, 0]);
    const raw = [765, 766].map((length) =>
      fieldText(fieldNamed('evt.rawarg.data'), writing('x'.repeat(length), true), UTC),
    );
    expect(raw.map(({ length }) => length)).toEqual([1020, 0]);
  });
});

function writing(data: string, base64Buffers: boolean): Moment {
  const moment = new Moment(createSystem({ base64Buffers }));
  moment.event = buildEvent('SYSCALL_WRITE_X', { time: 0n, tid: 1 }, [4, Buffer.from(data, 'latin1'), 3, 4]);
  return moment;
}
