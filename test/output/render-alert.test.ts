import { describe, expect, it } from 'vitest';
import { ConditionText } from '../../engine/filter/condition-text.ts';
import type { AlertRule } from '../../engine/model/alert.ts';
import { alertJson } from '../../engine/output/alert-json.ts';
import { alertLine } from '../../engine/output/alert-line.ts';
import { parseTemplate } from '../../engine/output/parse-template.ts';
import { renderAlert } from '../../engine/output/render-alert.ts';
import type { Template } from '../../engine/output/template.ts';
import { timezoneOf } from '../../engine/output/timezone.ts';
import { opening } from './opening.ts';

const RULE: AlertRule = { name: 'Shadow read', priority: 'Informational', source: 'syscall', tags: ['T1003', 'host'] };

describe('an alert', () => {
  it('is a line of time, priority and message', () => {
    const alert = renderAlert(RULE, templateOf('%proc.name by %user.name'), opening());
    expect(alertLine(alert)).toBe('17:35:47.000000012: Informational cat by éric');
    expect(alert.message).toBe('cat by éric');
    expect([alert.rule, alert.eventNumber, alert.time]).toEqual(['Shadow read', 12, 1534527347000000012n]);
  });

  it('names no machine unless one is given', () => {
    expect(renderAlert(RULE, templateOf('x'), opening()).hostname).toBe('creance');
    expect(renderAlert(RULE, templateOf('x'), opening(), { hostname: 'node-7' }).hostname).toBe('node-7');
  });

  it('is a line of JSON with sorted keys', () => {
    expect(alertJson(renderAlert(RULE, templateOf('%fd.name %fd.sip'), opening()))).toBe(
      '{"hostname":"creance","output":"17:35:47.000000012: Informational /etc/shadow <NA>",' +
        '"output_fields":{"evt.time":1534527347000000012,"fd.name":"/etc/shadow","fd.sip":null},' +
        '"priority":"Informational","rule":"Shadow read","source":"syscall","tags":["T1003","host"],' +
        '"time":"2018-08-17T17:35:47.000000012Z"}',
    );
  });

  it('leaves properties out of JSON as asked', () => {
    const alert = renderAlert(RULE, templateOf('%proc.name'), opening());
    const bare = { includeOutput: false, includeOutputFields: false, includeTags: false };
    expect(alertJson(alert, { ...bare, includeMessage: true })).toBe(
      '{"hostname":"creance","message":"cat","priority":"Informational","rule":"Shadow read","source":"syscall",' +
        '"time":"2018-08-17T17:35:47.000000012Z"}',
    );
  });

  it('can begin with date and time as ISO 8601, in UTC whatever the zone', () => {
    const alert = renderAlert(RULE, templateOf('x'), opening(), {
      isoTime: true,
      timezone: timezoneOf('+02:00') as never,
    });
    expect(alertLine(alert)).toBe('2018-08-17T17:35:47.000000012+0000: Informational x');
    expect([...alert.outputFields.keys()]).toEqual(['evt.time.iso8601']);
  });

  it.each([
    ['UTC', '17:35:47.000000012', '2018-08-17 17:35:47'],
    ['+02:00', '19:35:47.000000012', '2018-08-17 19:35:47'],
    ['-0530', '12:05:47.000000012', '2018-08-17 12:05:47'],
    ['Europe/Berlin', '19:35:47.000000012', '2018-08-17 19:35:47'],
    ['Asia/Kolkata', '23:05:47.000000012', '2018-08-17 23:05:47'],
    ['Pacific/Auckland', '05:35:47.000000012', '2018-08-18 05:35:47'],
  ])('shows times in %s', (zone, time, date) => {
    const timezone = timezoneOf(zone);
    if (timezone === undefined) throw new Error('no such zone');
    const template = templateOf('%evt.datetime.s|%evt.time.iso8601');
    expect(renderAlert(RULE, template, opening(), { timezone }).output).toBe(
      `${time}: Informational ${date}|2018-08-17T17:35:47.000000012+0000`,
    );
  });

  it('knows summer from winter', () => {
    const berlin = timezoneOf('Europe/Berlin');
    expect([1534527347n, 1544527347n, 1534527347n].map((second) => berlin?.(second * 1_000_000_000n))).toEqual([
      7200, 3600, 7200,
    ]);
  });

  it.each(['Nowhere/At_All', '', '+', 'UTC+', '2'])('has no zone %s', (zone) => {
    expect(timezoneOf(zone)).toBeUndefined();
  });

  it('shows extra fields in JSON only', () => {
    const extra = [
      { key: 'proc.pid', template: templateOf('%proc.pid'), raw: true },
      { key: 'proc.nosuch', template: templateOf('%proc.pid'), raw: true },
      { key: 'who', template: templateOf('%user.name at %fd.sip'), raw: false },
    ];
    const alert = renderAlert(RULE, templateOf('x'), opening(), {}, extra);
    expect(alert.message).toBe('x');
    expect(Object.fromEntries(alert.outputFields)).toEqual({
      'evt.time': 1534527347000000012n,
      'proc.pid': 7,
      'proc.nosuch': null,
      who: 'éric at <NA>',
    });
  });
});

function templateOf(format: string): Template {
  const { template } = parseTemplate(ConditionText.ofText(format));
  if (template === undefined) throw new Error(`refused: ${format}`);
  return template;
}
