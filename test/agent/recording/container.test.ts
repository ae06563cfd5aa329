import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { scopeOf } from '../../../agent/scope.ts';
import { check } from '../../../engine/check.ts';
import { Detection } from '../../../engine/detect.ts';
import type { Alert } from '../../../engine/model/alert.ts';
import { Source } from '../../../engine/model/source.ts';
import { DetectingReader } from '../../../engine/trace/detecting-reader.ts';
import { CONFORMANCE, CONFORMANCE_PRESENT } from '../../conformance/folder.ts';
import { Container } from './container.ts';
import { describeRecording, inFolder, recordingTo, type Varied } from './recorder.ts';

const OWN_RULES = fileURLToPath(new URL('../../../scenarios/rules', import.meta.url));
const FIELDS =
  '%container.id %container.name %container.image.repository %k8s.ns.name %k8s.pod.name %proc.vpid %proc.tty';
const WHERE = `
- rule: Shell
  desc: tells where a shell started
  condition: evt.type = execve and evt.arg.res = 0 and container.name = web and proc.name = sh
  output: "${FIELDS}"
  priority: INFO
`;

/** Alerts of rules over a capture, by rule. */
function alertsOf(path: string, sources: readonly Source[]): Map<string, Alert[]> {
  const { ruleSet, results } = check(sources);
  if (ruleSet === undefined)
    throw new Error(results.flatMap(({ errors }) => errors.map(({ message }) => message)).join());
  const alerts = new Map<string, Alert[]>();
  const detection = new Detection(ruleSet, {
    matching: 'all',
    onAlert: (alert) => void alerts.set(alert.rule, [...(alerts.get(alert.rule) ?? []), alert]),
  });
  const reader = new DetectingReader(detection);
  reader.push(readFileSync(path));
  reader.end();
  expect(reader.diagnostics).toEqual([]);
  return alerts;
}

/** A recording of a container whose server is taken over, and into which an administrator opens a shell. */
async function recorded(folder: string, varied: (container: Container) => Varied = () => ({})): Promise<Container> {
  const container = new Container(folder);
  const recording = recordingTo(join(folder, 'container.scap'), varied(container));
  await recording.start();
  try {
    container.start();
    await new Promise((resolve) => setTimeout(resolve, 1200));
    container.openShell('id; cat /etc/passwd');
  } finally {
    container.remove();
    const { gaps } = await recording.stop();
    expect(gaps).toEqual([]);
  }
  return container;
}

/** Other processes of this machine can be in a container too. */
const isOf = (name: string) => (alert: Alert) => alert.output.includes(name);
const read = (path: string) => new Source(path, readFileSync(path, 'utf8'));

describeRecording('a recorded container', () => {
  it('gives the alerts of a shell started by a server and of one with a terminal', async () => {
    await inFolder(async (folder) => {
      const { id } = await recorded(folder);
      const capture = join(folder, 'container.scap');

      const own = alertsOf(
        capture,
        readdirSync(OWN_RULES)
          .toSorted()
          .map((name) => read(join(OWN_RULES, name))),
      );
      expect(own.get('Shell started by a network service')?.filter(isOf('pod=web-0')).length).toBe(1);
      expect(own.get('Interactive shell in a container')?.filter(isOf('container=web')).length).toBe(1);

      const [server, terminal, ...more] = alertsOf(capture, [new Source('where.yaml', WHERE)]).get('Shell') ?? [];
      expect(more).toEqual([]);
      const place = `${id.slice(0, 12)} web registry.example/shop/web shop web-0`;
      expect(server?.message).toMatch(new RegExp(`${place} [2-9] 0$`));
      expect(terminal?.message).toMatch(new RegExp(`${place} \\d+ 348\\d\\d$`));

      if (!CONFORMANCE_PRESENT) return;
      const upstream = alertsOf(capture, [read(join(CONFORMANCE, 'rules/falco_rules.yaml'))]);
      expect(
        upstream.get('Run shell untrusted')?.filter(isOf('parent=nginx command=sh -c id; ls /; true')).length,
      ).toBe(1);
      expect(
        upstream.get('Terminal shell in container')?.filter(isOf('parent=runc command=sh -c id; cat /etc/passwd'))
          .length,
      ).toBe(1);
    });
  });

  it('is all that is recorded when its control group is asked for, save for the lives of processes', async () => {
    await inFolder(async (folder) => {
      mkdirSync(cgroupFolder());
      try {
        const scope = scopeOf(cgroupFolder());
        expect(scope).toBeDefined();
        if (scope === undefined) return;
        const output = join(folder, 'scoped.scap');
        const recording = recordingTo(output, { scopes: [scope] });
        await recording.start();
        const inside = `echo $$ > ${cgroupFolder()}/cgroup.procs; cat ${folder}/inside`;
        execFileSync('sh', ['-c', `${inside} 2>/dev/null || true`]);
        execFileSync('sh', ['-c', `cat ${folder}/outside 2>/dev/null || true`]);
        const { stats } = await recording.stop();
        expect(stats?.filtered).toBeGreaterThan(0);
        const opened = alertsOf(output, [new Source('opens.yaml', OPENS)]).get('Opens') ?? [];
        const names = opened.flatMap(({ output: text }) => /\/(inside|outside)$/.exec(text)?.[1] ?? []);
        expect(names).toEqual(['inside']);
        const started = alertsOf(output, [new Source('opens.yaml', OPENS)]).get('Starts') ?? [];
        expect(started.filter(({ output: text }) => text.endsWith(`cat ${folder}/outside`)).length).toBe(1);
      } finally {
        rmdirSync(cgroupFolder());
      }
    });
  });
});

const OPENS = `
- rule: Opens
  desc: tells what is opened
  condition: evt.type = openat
  output: "%evt.arg.name"
  priority: INFO
- rule: Starts
  desc: tells what is started
  condition: evt.type = execve
  output: "%proc.cmdline"
  priority: INFO
`;

function cgroupFolder(): string {
  const hybrid = '/sys/fs/cgroup/unified';
  const mount = existsSync(hybrid) ? hybrid : '/sys/fs/cgroup';
  return `${mount}/creance-test-${process.pid}`;
}
