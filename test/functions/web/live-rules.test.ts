import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Detection } from '../../../engine/detect.ts';
import { Source } from '../../../engine/model/source.ts';
import { loadRules } from '../../../engine/rules/loader.ts';
import { DetectingReader } from '../../../engine/trace/detecting-reader.ts';
import { Desk } from '../../../functions/web/page/judge/desk.ts';
import { holdTrace } from '../../../functions/web/page/judge/held-trace.ts';
import { Pace, Stale } from '../../../functions/web/page/judge/pace.ts';
import { busyTrace } from '../../bench/page/busy-trace.ts';
import type { RuleFile } from '../../../functions/web/page/judge/protocol.ts';

const SCENARIOS = fileURLToPath(new URL('../../../scenarios', import.meta.url));
const STARTER: readonly RuleFile[] = readdirSync(join(SCENARIOS, 'rules'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(join(SCENARIOS, 'rules', name), 'utf8') }));
const STORIES = ['shell-spawned-in-nginx', 'intrusions/webshell-to-miner', 'workloads/ci-build'];

/** Edits as somebody makes them, one after the other. */
const EDITS: readonly (readonly [name: string, text: string])[] = [
  ['nothing', ''],
  ['a rule that tells of everything', rule('Everything', 'evt.type exists')],
  ['another output', rule('Everything', 'evt.type exists').replace('%evt.num', '%evt.type')],
  ['another condition', rule('Everything', 'evt.type in (open, openat)')],
  ['a rule that counts', rule('Everything', 'util.cnt(proc.name) > 3')],
  ['nothing again', ''],
  [
    'a rule that is off',
    '- rule: Shell started by a network service\n  enabled: false\n  override: {enabled: replace}\n',
  ],
];

/** Edits that ask for more than columns have at first. */
const COLUMN_EDITS: readonly (readonly [name: string, text: string])[] = [
  ['a field that few ask for', rule('One', 'proc.vmsize > 0 and evt.type = open')],
  ['the same field again', rule('One', 'proc.vmsize > 1 and evt.type = open')],
  ['an event type of its own', rule('One', 'evt.type in (connect, accept4) and fd.sport = 5432')],
];

describe('rules that are judged while they are edited', () => {
  it.each(STORIES)('give the alerts of a whole run over %s, after every edit', async (name) => {
    const choice = { kind: 'scenario', name, text: storyOf(name) } as const;
    const { bytes, hosts } = await holdTrace(choice);
    for (const matching of ['first', 'all'] as const) {
      const desk = new Desk();
      await desk.open(choice, new Pace());
      for (const [edit, text] of EDITS) {
        const files = [...STARTER, { name: 'local.yaml', text }];
        const { loads, alerts, alertEvents } = await desk.judge(files, matching, new Pace());
        const expected: string[] = [];
        const { ruleSet } = loadRules(files.map((file) => new Source(file.name, file.text)));
        if (ruleSet === undefined) {
          expect(loads, edit).toBe(false);
          continue;
        }
        const onAlert = (alert: { eventNumber: number; rule: string; message: string }) =>
          expected.push(`${alert.eventNumber} ${alert.rule} ${alert.message}`);
        const reader = new DetectingReader(new Detection(ruleSet, { matching, hosts, onAlert }));
        reader.push(bytes);
        reader.end();
        expect(
          alerts.map((alert) => `${alert.event} ${alert.rule} ${alert.message}`),
          edit,
        ).toEqual(expected);
        expect(alertEvents.length).toBe(expected.length);
      }
    }
  });

  it('give the same on columns of a long trace as on the trace itself', async () => {
    const choice = { kind: 'bytes', name: 'busy.scap', bytes: new Blob([busyTrace(300)]) } as const;
    const [plain, prepared] = [new Desk(), new Desk()];
    await plain.open(choice, new Pace());
    await prepared.open(choice, new Pace());
    await prepared.judge(STARTER, 'first', new Pace());
    await prepared.idle(new Pace());
    for (const [, text] of [...EDITS, ...COLUMN_EDITS]) {
      const files = [...STARTER, local(text)];
      const on = { rulesRun: 0, loadMs: 0, runMs: 0 };
      const expected = { ...(await plain.judge(files, 'first', new Pace())), ...on };
      expect({ ...(await prepared.judge(files, 'first', new Pace())), ...on }).toEqual(expected);
      await prepared.idle(new Pace());
    }
  });

  it('runs only what was edited', async () => {
    const desk = await openDesk();
    const first = await desk.judge(STARTER, 'first', new Pace());
    expect(first.rulesRun).toBeGreaterThan(20);
    const again = await desk.judge([...STARTER, local(rule('One', 'evt.type = open'))], 'first', new Pace());
    expect(again.rulesRun).toBe(1);
    expect((await desk.judge(STARTER, 'first', new Pace())).rulesRun).toBe(0);
  });

  it('keeps the last verdict while a file does not load, and says where', async () => {
    const desk = await openDesk();
    const good = await desk.judge(STARTER, 'first', new Pace());
    const bad = await desk.judge([...STARTER, local(rule('One', 'evt.typ = open'))], 'first', new Pace());
    expect(bad.loads).toBe(false);
    expect(bad.alertCount).toBe(good.alertCount);
    expect(bad.findings).toContainEqual(expect.objectContaining({ severity: 'error', source: 'local.yaml' }));
  });

  it('is given up when something newer is wanted', async () => {
    const desk = await openDesk();
    const pace = new Pace(() => true);
    const work = async () => {
      for (;;) await pace.rest();
    };
    await expect(work()).rejects.toThrow(Stale);
    expect((await desk.judge(STARTER, 'first', new Pace())).loads).toBe(true);
  });

  it('explains, filters and tells values', async () => {
    const desk = await openDesk();
    const { alerts } = await desk.judge(STARTER, 'first', new Pace());
    const [alert] = alerts;
    const answer = JSON.parse(await desk.explain({ event: alert?.event ?? 0, rule: alert?.rule ?? '' }, new Pace()));
    expect(answer.rules[0]).toMatchObject({ outcome: 'fired', holds: true });
    const { places } = await desk.filter('evt.type in (execve, execveat)', new Pace());
    expect(places?.length).toBeGreaterThan(0);
    expect((await desk.filter('evt.typ = x', new Pace())).findings[0]?.severity).toBe('error');
    const values = new Map(await desk.values(alert?.event ?? 0, new Pace()));
    expect(values.get('evt.num')).toBe(String(alert?.event));
    expect(desk.rows([0])).toHaveLength(1);
  });
});

async function openDesk(): Promise<Desk> {
  const desk = new Desk();
  const name = STORIES[1] as string;
  await desk.open({ kind: 'scenario', name, text: storyOf(name) }, new Pace());
  return desk;
}

function storyOf(name: string): string {
  return readFileSync(join(SCENARIOS, name, 'scenario.yaml'), 'utf8');
}

function rule(name: string, condition: string): string {
  return `- rule: ${name}\n  desc: d\n  condition: ${condition}\n  output: o %evt.num\n  priority: WARNING\n`;
}

function local(text: string): RuleFile {
  return { name: 'local.yaml', text };
}
