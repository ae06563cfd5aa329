import { describe, expect, it } from 'vitest';
import { NearMisses, type NearMissOptions, type NearMissReport } from '../../engine/explanation/near-misses.ts';
import { nearMissText } from '../../engine/explanation/near-miss-text.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { feed, ruleOf, rulesOf } from './explained-trace.ts';

function search(rules: RuleSet, options: NearMissOptions = {}, name = 'r'): NearMissReport {
  const rule = rules.rules.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`no rule ${name}`);
  const misses = new NearMisses(rules, rule, options);
  feed(misses);
  return misses.report();
}

const texts = ({ misses }: NearMissReport) => misses.map(nearMissText);

describe('near misses', () => {
  it('are the events that fail by the fewest checks, with what they read', () => {
    const report = search(ruleOf('evt.type = open and proc.name = nginx and fd.num >= 0 and not fd.name contains Ü'));
    expect(texts(report)).toEqual([
      'event 1 open by Nginx: would fire if proc.name = nginx (is Nginx, differs only in case) and not fd.name contains Ü (is /etc/nginx/Ünïcode.conf)',
      'event 2 open by Nginx: would fire if proc.name = nginx (is Nginx, differs only in case) and fd.num >= 0 (is -1)',
    ]);
    expect(report).toMatchObject({ fired: 0, seen: { open: 2 }, types: ['open'], skipped: 0 });
  });

  it('put the nearest first, and of equally near ones the rarest', () => {
    const report = search(ruleOf('evt.type in (open, dup, close) and proc.name = sh and fd.num = 9'));
    expect(texts(report).map((text) => text.slice(0, 7))).toEqual(['event 3', 'event 1']);
    expect(report.misses.map(({ count }) => count)).toEqual([1, 3]);
    expect(nearMissText(report.misses[1] ?? (report.misses[0] as never))).toMatch(/ \(and 2 more events\)$/);
  });

  it('tell when the rule fired, and which earlier rule took its events', () => {
    const yaml = `
- {rule: first, desc: d, condition: evt.type = open and fd.num = 4, output: o, priority: INFO}
- {rule: r, desc: d, condition: evt.type = open, output: o, priority: INFO}
`;
    const report = search(rulesOf(yaml));
    expect(report).toMatchObject({ fired: 1, shadowed: { first: 1 }, misses: [] });
    expect(report.firings.map(({ number }) => number)).toEqual([2]);
    expect(search(rulesOf(yaml), { matching: 'all' })).toMatchObject({ fired: 2, shadowed: {} });
  });

  it('never ask for another type of event', () => {
    expect(search(ruleOf('evt.type = execve and proc.name = Nginx'))).toMatchObject({
      seen: {},
      types: ['execve'],
      misses: [],
    });
    const either = search(ruleOf('(evt.type = open and fd.num = 9) or (evt.type = dup and fd.num = 9)'));
    expect(texts(either).join()).not.toContain('evt.type');
  });

  it('ask for what an event of the same type could have, though other types decide it', () => {
    expect(texts(search(ruleOf('evt.type = open and evt.is_open_write = true')))).toEqual([
      'event 1 open by Nginx: would fire if evt.is_open_write = true (is false) (and 1 more event)',
    ]);
  });

  it('leave out what no event can have', () => {
    expect(search(ruleOf('evt.type = open and container.healthcheck = x')).misses).toEqual([]);
    expect(search(ruleOf('evt.type = open and evt.arg.uid = 0')).misses).toEqual([]);
  });

  it('are looked for on events that no rule sees neither', () => {
    // Event 5 is an entry that Falco keeps for itself.
    expect(search(ruleOf('evt.type = open and fd.name = /etc/passwd')).seen).toEqual({ open: 2 });
  });

  it('do not take what one check would undo of another', () => {
    const report = search(
      ruleOf('evt.type = open and (fd.num = 9 or proc.name = x) and (not fd.num = 9 or proc.name = y)'),
    );
    for (const { changes } of report.misses) {
      expect(changes.map(({ check }) => check)).not.toEqual(['fd.num = 9']);
    }
  });

  it('say how many events were only counted, for want of time', () => {
    const rules = ruleOf('evt.type = open and fd.num = 4');
    expect(search(rules)).toMatchObject({ fired: 1, skipped: 0 });
    expect(search(rules, { work: 3 })).toMatchObject({ seen: { open: 2 }, fired: 1, skipped: 1, misses: [] });
  });

  it('count as Falco does where a check changes what it says', () => {
    expect(search(ruleOf('evt.type = open and util.cnt = 2'), { matching: 'all' })).toMatchObject({ fired: 1 });
  });
});
