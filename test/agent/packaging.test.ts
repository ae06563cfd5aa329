import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { AGENT } from '../../functions/cli/agent.ts';
import { parseArguments } from '../../functions/cli/arguments.ts';

const read = (name: string) => readFileSync(new URL(`../../infra/agent/${name}`, import.meta.url), 'utf8');

interface DaemonSet {
  spec: {
    template: {
      spec: {
        hostPID: boolean;
        automountServiceAccountToken: boolean;
        containers: {
          args: string[];
          securityContext: Record<string, unknown>;
          volumeMounts: { name: string; readOnly?: boolean }[];
        }[];
        volumes: { name: string; hostPath?: { path: string } }[];
      };
    };
  };
}

describe('the packages of the agent', () => {
  it('a DaemonSet that runs it without privileges, with a read-only root and no token', () => {
    const { spec } = (load(read('daemonset.yaml')) as DaemonSet).spec.template;
    const [agent] = spec.containers;
    expect(spec).toMatchObject({ hostPID: true, automountServiceAccountToken: false });
    expect(agent?.securityContext).toMatchObject({
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: ['BPF', 'PERFMON', 'SETUID', 'SETGID'] },
    });
    const given = parseArguments(AGENT, agent?.args ?? []);
    expect([given.words, given.flag('output'), given.flags('rules')]).toEqual([
      ['record'],
      '/var/lib/creance',
      ['/rules'],
    ]);
  });

  it('mounts no socket, and of the host nothing that it could write to but its own folder', () => {
    const { spec } = (load(read('daemonset.yaml')) as DaemonSet).spec.template;
    const writable = spec.containers[0]?.volumeMounts
      .filter(({ readOnly }) => readOnly !== true)
      .map(({ name }) => name);
    const paths = spec.volumes.flatMap(({ name, hostPath }) =>
      hostPath !== undefined && writable?.includes(name) === true ? [hostPath.path] : [],
    );
    expect(paths).toEqual(['/var/lib/creance']);
    expect(read('daemonset.yaml')).not.toMatch(/\.sock\b/);
  });

  it('a unit of systemd with two capabilities and no more', () => {
    const unit = read('creance-agent.service');
    for (const key of ['AmbientCapabilities', 'CapabilityBoundingSet']) {
      expect(unit).toMatch(new RegExp(`^${key}=CAP_BPF CAP_PERFMON$`, 'm'));
    }
    const words = /^ExecStart=.* agent (.*)$/m.exec(unit)?.[1]?.split(' ') ?? [];
    expect(parseArguments(AGENT, words).words).toEqual(['record']);
  });

  it('a unit that systemd finds nothing wrong with', ({ skip }) => {
    const unit = fileURLToPath(new URL('../../infra/agent/creance-agent.service', import.meta.url));
    const { error, status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    if (error !== undefined) skip('systemd-analyze is not installed');
    expect([status, stderr]).toEqual([0, '']);
  });

  it('a kustomization of files that are there', () => {
    const { resources } = load(read('kustomization.yaml')) as { resources: string[] };
    expect(resources.map((name) => (load(read(name)) as { kind: string }).kind)).toEqual(['DaemonSet']);
  });
});
