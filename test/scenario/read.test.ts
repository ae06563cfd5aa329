import { describe, expect, it } from 'vitest';
import { Filtering, readQuery } from '../../engine/filter.ts';
import { Source } from '../../engine/model/source.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import type { Scenario } from '../../engine/scenario/scenario.ts';

function read(text: string): Scenario {
  const { scenario, diagnostics } = readScenario(new Source('story.yaml', text));
  expect(diagnostics).toEqual([]);
  if (scenario === undefined) throw new Error('it can not be played');
  return scenario;
}

/** The fields of the events of a story that match. */
function shown(text: string, where: string, fields: readonly string[]): string[] {
  const { query } = readQuery(where, fields);
  if (query === undefined) throw new Error('the condition can not be read');
  const lines: string[] = [];
  const onEvent = ({ texts }: { texts: ReadonlyMap<string, string> }) => void lines.push([...texts.values()].join(' '));
  play(read(text), new Filtering(query, { onEvent }));
  return lines;
}

describe('a scenario', () => {
  it('can be told in few words: one container, actors in a list, a file instead of a command line', () => {
    const text = `
story: A web server is made to start a shell that reads the password hashes
machine: { container: web-1, image: nginx }
actors:
  - nginx: { exe: /usr/sbin/nginx, user: www-data }
steps:
  - nginx runs: /bin/sh -c "cat /etc/shadow"
    as: shell
  - shell opens: /etc/shadow
    for: reading
expect:
  - alert: A rule
    by: shell
    times: 1
  - no other alerts
`;
    expect(
      shown(text, 'fd.name = /etc/shadow and evt.type = openat', [
        'proc.cmdline',
        'user.uid',
        'container.name',
        'container.image',
      ]),
    ).toEqual(['sh -c cat /etc/shadow 33 web-1 nginx:latest']);
    expect(read(text).expectations).toMatchObject([
      { kind: 'alert', rule: 'A rule', by: 'shell', count: { least: 1, most: 1 } },
      { kind: 'no other alerts' },
    ]);
  });

  it('says all that can be expected', () => {
    const { expectations } = read(`
story: x
steps: []
expect:
  - alert: One
    at least: 2
    contains: part
    priority: warning
    fields: { proc.name: sh, evt.num: 3 }
  - alert: Two
    output: "the whole text"
    at most: 5
  - no alert: Three
  - alerts: 4
  - no other alerts
`);
    expect(expectations).toMatchObject([
      {
        rule: 'One',
        count: { least: 2, most: 1_000_000 },
        contains: ['part'],
        priority: 'Warning',
        fields: new Map([
          ['proc.name', 'sh'],
          ['evt.num', '3'],
        ]),
      },
      { rule: 'Two', count: { least: 0, most: 5 }, output: 'the whole text', contains: [] },
      { kind: 'no alert', rule: 'Three' },
      { kind: 'alerts', count: 4 },
      { kind: 'no other alerts' },
    ]);
  });

  it.each([
    ['docker', 'nginx:1.27', 'docker nginx 1.27 runc'],
    ['podman', 'quay.io/shop/web', 'podman quay.io/shop/web latest crun'],
    ['containerd', 'shop/web:2', 'containerd docker.io/shop/web 2 runc'],
    ['cri-o', 'nginx@sha256:0123', 'cri-o docker.io/library/nginx latest crun'],
  ])('puts a container of %s where Falco finds it', (runtime, image, expected) => {
    const text = `
story: x
containers: { web: { runtime: ${runtime}, image: "${image}" } }
steps:
  - web runs: id
`;
    const fields = ['container.type', 'container.image.repository', 'container.image.tag', 'proc.pname'];
    expect(shown(text, 'evt.type = execve and proc.name = id', fields)).toEqual([expected]);
  });

  it('gives a pod its labels, and an Alpine its busybox', () => {
    const text = `
story: x
containers:
  web: { image: "alpine:3", pod: shop/web-0, labels: { team: cart }, mounts: ["/srv:/data:ro"], id: 0123456789ab }
steps:
  - web runs: sh -c "ls; ls"
`;
    const fields = [
      'container.id',
      'k8s.ns.name',
      'k8s.pod.name',
      'container.mounts',
      'proc.exepath',
      'container.label[team]',
    ];
    expect(shown(text, 'evt.type = execve and proc.name = sh', fields)).toEqual([
      '0123456789ab shop web-0 /srv:/data::false:private /bin/busybox cart',
    ]);
  });

  it('never tells of a container that is to stay unknown', () => {
    const text = `
story: x
containers: { web: { metadata: never } }
steps:
  - web runs: id
    after: 1h
`;
    const fields = ['container.id', 'container.name', 'container.image.repository'];
    expect(shown(text, 'evt.type = execve and proc.name = id', fields)).toEqual([
      expect.stringMatching(/^[0-9a-f]{12} <NA> <NA>$/),
    ]);
  });

  it('gives an actor the parents, terminal and rights that it says', () => {
    const text = `
story: x
machine: { users: { alice: 1000 }, hostname: db-1, time: 2026-03-01T12:00:00Z }
actors:
  shell: { parent: sshd, runs: [-bash], exe: /bin/bash, user: alice, loginuid: alice, tty: 2, cwd: /home/alice, env: { LANG: de } }
  sshd: /usr/sbin/sshd -D
  tool: { runs: tool, parent: shell, capabilities: [NET_RAW] }
steps:
  - shell opens: notes.txt
  - tool opens: /etc/hosts
`;
    const fields = [
      'proc.pname',
      'proc.aname[2]',
      'user.loginuid',
      'proc.tty',
      'fd.name',
      'proc.env[LANG]',
      'thread.cap_effective',
      'evt.time.s',
    ];
    expect(shown(text, 'evt.type = openat', fields)).toEqual([
      'sshd systemd 1000 34818 /home/alice/notes.txt de  12:00:00',
      'bash sshd 1000 34818 /etc/hosts de CAP_NET_RAW 12:00:00',
    ]);
  });
});
