import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Detection } from '../../engine/detect.ts';
import { SystemSink } from '../../engine/state/system-sink.ts';
import { createSystem } from '../../engine/state/system.ts';
import { MomentExplainer } from '../../engine/explanation/explain-moment.ts';
import { MAX_TRUTH_ROWS } from '../../engine/model/limits.ts';
import { explainFirst, feed, partsOfRow, ruleOf, rulesOf } from './explained-trace.ts';

const RULES = `
- list: web
  items: [nginx, apache2]
- list: more
  items: [sshd]
- macro: opens
  condition: evt.type = open
- macro: by_web
  condition: (opens and proc.name in (web, more, cron))
- rule: r
  desc: d
  condition: by_web and not fd.name startswith /tmp
  output: o
  priority: INFO
  exceptions:
    - name: known
      fields: [proc.name, fd.name]
      values:
        - [nginx, /etc/hosts]
    - name: unused
      fields: proc.pname
    - name: parents
      fields: proc.pname
      values: [cron, at]
`;

describe('a truth table', () => {
  it('goes through macros, lists and exceptions by their names', () => {
    const { table, changes } = explainFirst(rulesOf(RULES), 1);
    const rows = table?.rows.map(({ depth, kind, name, holds, decisive, reached, check }) =>
      [`${'  '.repeat(depth)}${check?.check ?? name ?? kind}`, holds, decisive, reached].join(' | '),
    );
    expect(rows).toEqual([
      'and | false | true | true',
      '  and | false | true | true',
      '    by_web | false | true | true',
      '      and | false | true | true',
      '        opens | true | false | true',
      '          evt.type = open | true | false | true',
      '        proc.name in (web, more, cron) | false | true | true',
      '    not | true | false | false',
      '      fd.name startswith /tmp | false | false | false',
      '  known | true | false | false',
      '    and | false | false | false',
      '      proc.name = nginx | false | false | false',
      '      fd.name = /etc/hosts | false | false | false',
      '  parents | true | false | false',
      '    proc.pname in (cron, at) | false | false | false',
    ]);
    expect(changes?.map(({ check, lists, constantCount }) => [check, lists, constantCount])).toEqual([
      ['proc.name in (web, more, cron)', ['web', 'more'], 4],
    ]);
    const [exception, macro] = [table?.rows[9], table?.rows[2]];
    expect(exception?.kind).toBe('exception');
    expect(macro?.span?.source.position(macro.span.start).line).toBe(7);
  });

  it('has the verdict of the matcher for the whole, and parts that agree with it', () => {
    const checks = [
      'evt.type = open',
      'evt.type in (close, dup)',
      'proc.name = Nginx',
      'proc.name in (listed)',
      'fd.name startswith /etc',
      'proc.pname exists',
      'evt.rawres < 0',
      'fd.num > 3',
      'named',
      'other',
    ];
    const { condition: arbitrary } = fc.letrec<{ condition: string }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(...checks),
        tie('condition').map((inner) => `not (${inner})`),
        fc
          .tuple(fc.constantFrom(' and ', ' or '), fc.array(tie('condition'), { minLength: 2, maxLength: 4 }))
          .map(([word, parts]) => `(${parts.join(word)})`),
      ),
    }));
    const names = ['proc.name', 'fd.name', 'proc.pname'];
    const values = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom('Nginx', 'sh', '/etc/passwd')), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        fc.array(arbitrary, { minLength: 1, maxLength: 3 }),
        arbitrary,
        values,
        (conditions, macro, excepted) => {
          const exceptions = excepted.map(
            ([field, value], i) => `    - {name: e${i}, fields: [${field}], values: [[${value}]]}\n`,
          );
          const rules = conditions.map(
            (condition, i) =>
              `- rule: r${i}\n  desc: d\n  condition: ${condition}\n  output: o\n  priority: INFO\n` +
              (exceptions.length > 0 ? `  exceptions:\n${exceptions.join('')}` : ''),
          );
          const before = `- list: listed\n  items: [sh, nginx]\n- macro: other\n  condition: fd.num = 4\n- macro: named\n  condition: ${macro.replaceAll('named', 'other')}\n`;
          const ruleSet = rulesOf(before + rules.join(''));
          const alerts: string[] = [];
          feed(
            new Detection(ruleSet, {
              matching: 'all',
              onAlert: (one) => alerts.push(`${one.eventNumber} ${one.rule}`),
            }),
          );
          const explained: string[] = [];
          const explainer = new MomentExplainer(ruleSet, { matching: 'all' });
          const sink = new SystemSink(createSystem(), (moment) => {
            for (const rule of ruleSet.rules) {
              const { outcome, holds, table } = explainer.explain(rule, moment);
              if (outcome === 'fired') explained.push(`${moment.event.num} ${rule.name}`);
              const rows = table?.rows ?? [];
              expect(rows[0]?.holds).toBe(holds);
              rows.forEach((row, i) => {
                const parts = partsOfRow(rows, i).map((part) => part.holds);
                if (row.check !== undefined) expect(row.check.holds).toBe(row.holds);
                else if (row.kind === 'and') expect(row.holds).toBe(parts.every((part) => part));
                else if (row.kind === 'or') expect(row.holds).toBe(parts.some((part) => part));
                else expect([row.holds]).toEqual(row.kind === 'macro' ? parts : parts.map((part) => !part));
              });
            }
          });
          feed(sink);
          expect(explained).toEqual(alerts);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('shows a condition that is thousands of levels deep as far as the limit goes', () => {
    const deep = `${'not ('.repeat(4_000)}evt.type = open and proc.name = x${')'.repeat(4_000)}`;
    const { table } = explainFirst(ruleOf(deep), 1);
    expect(table?.rowCount).toBe(4_003);
    expect(table?.rows.length).toBe(4_003);
  });

  it('shows a macro that doubles at each step as far as the limit goes', () => {
    const doubling = ['- macro: m0\n  condition: proc.name = x\n'];
    for (let i = 1; i <= 17; i++) doubling.push(`- macro: m${i}\n  condition: m${i - 1} or m${i - 1}\n`);
    const { table, distance } = explainFirst(ruleOf('evt.type = open and m17', doubling.join('')), 1);
    expect(table?.rows.length).toBe(MAX_TRUTH_ROWS);
    expect(table?.rowCount).toBe(2 + 4 * 2 ** 17 - 2);
    expect(distance).toBe(1);
  });

  it('shows fifty constants of a long list and tells how many there are', () => {
    const items = Array.from({ length: 20_000 }, (_, i) => `item${i}`);
    const { changes } = explainFirst(ruleOf(`evt.type = open and proc.name in (${items.join(', ')})`), 1);
    expect(changes?.[0]?.constants.length).toBe(50);
    expect(changes?.[0]?.constantCount).toBe(20_000);
    expect(changes?.[0]?.check).toBe('proc.name in (item0, item1, item2, item3, item4, … 19995 more)');
  });
});
