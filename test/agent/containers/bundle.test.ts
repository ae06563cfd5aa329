import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findBundle } from '../../../agent/containers/bundle.ts';
import { containerJson } from '../../../agent/containers/record.ts';
import { ContainerWatch } from '../../../agent/containers/watch.ts';
import { fromUnicode } from '../../../engine/model/byte-string.ts';
import { readContainer } from '../../../engine/state/container-record.ts';

const root = mkdtempSync(join(tmpdir(), 'creance-bundles-'));
afterAll(() => rmSync(root, { recursive: true }));

const ID = (digit: string) => digit.repeat(64);
const OCI = {
  process: { user: { uid: 1000 }, env: ['A=1'], capabilities: { bounding: ['CAP_KILL'] } },
  mounts: [
    { type: 'proc', source: 'proc', destination: '/proc', options: ['nosuid'] },
    { source: '/srv', destination: '/data', options: ['rbind', 'ro'] },
  ],
  linux: { namespaces: [{ type: 'pid' }, { type: 'ipc' }], maskedPaths: ['/proc/kcore'] },
};

/** Where each runtime keeps what it knows, and what Creance makes of it. */
const RUNTIMES: readonly (readonly [runtime: string, path: string, config: unknown, expected: object])[] = [
  [
    'containerd',
    `run/containerd/io.containerd.runtime.v2.task/k8s.io/${ID('a')}/config.json`,
    {
      ...OCI,
      annotations: {
        'io.kubernetes.cri.container-name': 'web',
        'io.kubernetes.cri.image-name': 'registry.example:5000/web:1.2',
        'io.kubernetes.cri.sandbox-name': 'web-0',
        'io.kubernetes.cri.sandbox-namespace': 'shop',
        'io.kubernetes.cri.sandbox-uid': 'u-1',
        'io.kubernetes.cri.sandbox-id': ID('9'),
        'io.kubernetes.cri.container-type': 'container',
      },
    },
    {
      type: 7,
      id: 'a'.repeat(12),
      full_id: ID('a'),
      name: 'web',
      image: 'registry.example:5000/web:1.2',
      imagerepo: 'registry.example:5000/web',
      imagetag: '1.2',
      User: '1000',
      env: ['A=1'],
      pod_sandbox_id: '9'.repeat(12),
      is_pod_sandbox: false,
      host_network: true,
      host_pid: false,
      privileged: false,
      labels: {
        'io.kubernetes.container.name': 'web',
        'io.kubernetes.pod.name': 'web-0',
        'io.kubernetes.pod.namespace': 'shop',
        'io.kubernetes.pod.uid': 'u-1',
      },
      Mounts: [{ Source: '/srv', Destination: '/data', Mode: 'ro', RW: false, Propagation: 'private' }],
    },
  ],
  [
    'docker',
    `var/lib/docker/containers/${ID('b')}/config.v2.json`,
    {
      Name: '/shop',
      Image: `sha256:${ID('7')}`,
      Config: { Image: 'nginx:1.25', User: 'web', Env: ['B=2'], Labels: { team: 'shop' } },
      HostConfig: { Privileged: true, NetworkMode: 'host' },
      NetworkSettings: { Networks: { bridge: { IPAddress: '172.17.0.2' } } },
      MountPoints: { '/data': { Source: '/srv', Destination: '/data', RW: true } },
    },
    {
      type: 0,
      name: 'shop',
      image: 'nginx:1.25',
      imageid: ID('7'),
      User: 'web',
      privileged: true,
      host_network: true,
      ip: '172.17.0.2',
      labels: { team: 'shop' },
    },
  ],
  [
    'cri-o',
    `run/containers/storage/overlay-containers/${ID('c')}/userdata/config.json`,
    {
      ...OCI,
      annotations: {
        'io.kubernetes.cri-o.ImageName': 'quay.io/a/b:2',
        'io.kubernetes.cri-o.Labels': '{"app":"b"}',
        'io.kubernetes.pod.name': 'b-1',
        'io.kubernetes.pod.namespace': 'prod',
        'io.kubernetes.container.name': 'b',
      },
    },
    {
      type: 8,
      name: 'b',
      image: 'quay.io/a/b:2',
      labels: {
        app: 'b',
        'io.kubernetes.pod.name': 'b-1',
        'io.kubernetes.pod.namespace': 'prod',
        'io.kubernetes.container.name': 'b',
      },
    },
  ],
  [
    'podman',
    `var/lib/containers/storage/overlay-containers/${ID('d')}/userdata/config.json`,
    { ...OCI, annotations: { 'org.opencontainers.image.ref.name': 'docker.io/library/redis' } },
    { type: 11, image: 'docker.io/library/redis', imagerepo: 'docker.io/library/redis', imagetag: '' },
  ],
];

function write(path: string, value: unknown): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof value === 'string' ? value : JSON.stringify(value));
}

describe('what a runtime left of a container', () => {
  it.each(RUNTIMES)('is found and told: %s', (runtime, path, config, expected) => {
    write(path, config);
    const id = /[0-9a-f]{64}/.exec(path)?.[0] ?? '';
    const bundle = findBundle(id, root);
    expect(bundle?.runtime).toBe(runtime);
    const json = containerJson(id, bundle, 1_700_000_000);
    expect(JSON.parse(json)).toMatchObject({ container: expected });
    // The engine takes nothing that the container plugin of Falco would drop.
    expect(readContainer(fromUnicode(json))?.fullId).toBe(id);
  });

  it('is found by the state of runc, wherever its bundle is', () => {
    write(`run/runc/${ID('e')}/state.json`, { config: { labels: ['x=1', 'bundle=/some/where'] } });
    write('some/where/config.json', OCI);
    expect(findBundle(ID('e'), root)?.runtime).toBe('runc');
  });

  it('is what docker knows of a container, although containerd runs it', () => {
    write(`run/containerd/io.containerd.runtime.v2.task/moby/${ID('8')}/config.json`, OCI);
    write(`var/lib/docker/containers/${ID('8')}/config.v2.json`, { Name: '/shop' });
    expect(findBundle(ID('8'), root)?.runtime).toBe('docker');
  });

  it('is nothing for an id that leads elsewhere, for broken JSON, and for no container', () => {
    write('secret/config.json', OCI);
    write(`var/lib/docker/containers/${ID('f')}/config.v2.json`, '{"Name":');
    for (const id of ['../../secret', '..', '', 'a/b', ID('f'), ID('0')]) expect(findBundle(id, root)).toBeUndefined();
    expect(readContainer(fromUnicode(containerJson(ID('0'), undefined, 1)))?.id).toBe('0'.repeat(12));
  });
});

describe('containers that are met', () => {
  it('are told once each, by their control groups', () => {
    const asked: string[] = [];
    const watch = new ContainerWatch((id) => void asked.push(id) as undefined);
    const inside = [`cpuset=/kubepods/pod1/${ID('a')}`, 'cpu=/'];
    expect(watch.meet(['cpuset=/', 'cpu=/user.slice'], 1)).toBeUndefined();
    expect(watch.meet(inside, 1)?.id).toBe('a'.repeat(12));
    expect(watch.meet([...inside], 2)).toBeUndefined();
    expect(watch.meet([`memory=/system.slice/docker-${ID('b')}.scope`], 3)?.id).toBe('b'.repeat(12));
    expect(asked).toEqual([ID('a'), ID('b')]);
    expect(watch.all.length).toBe(2);
  });
});
