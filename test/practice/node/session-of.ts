import { beginRun } from '../../../engine/verify.ts';
import { Source } from '../../../engine/model/source.ts';
import { nodeMachine, type NodeMachine } from '../../../engine/practice/node/node-machine.ts';
import { NodeSession } from '../../../engine/practice/node/session.ts';
import { standardFiles } from '../../../engine/practice/standard-files.ts';
import { readScenario } from '../../../engine/scenario/read.ts';

/** A rule that is shipped on the node of these tests. */
export const SHIPPED = `- rule: Key read
  desc: Somebody in a container reads a key.
  condition: evt.type in (open, openat) and fd.name startswith /srv/keys/ and container.id != host
  output: key read (file=%fd.name container=%container.name)
  priority: WARNING
`;

const STORY = `
story: Two pods read keys
machine: { hostname: worker-1, time: 2026-03-02T08:30:00Z }
containers:
  quiet: { image: "registry.example.com/web:1", pod: shop/web-6d5f9c7b8d-x2x4p, runs: /bin/web }
  loud: { image: "registry.example.com/job:2", pod: shop/job-7c4b8d9f6c-k9k2w, runs: /bin/job, address: 10.244.0.9 }
  other: { image: "registry.example.com/job:2", pod: depot/job-5b6d7f8c9d-p4p4p, runs: /bin/job }
actors:
  web: { in: quiet, runs: /bin/web }
  job: { in: loud, runs: /bin/job }
steps:
  - web opens: /srv/keys/web
    after: 2s
  - job opens: /srv/keys/job
    after: 4s
  - job opens: /srv/doors/last
    after: 4s
`;

/**
 * The machine of the story: it begins at 08:30:00 and again every 20 seconds; keys are read 2 and 6 seconds later, and
 * after 10 a door is opened.
 */
export function keyMachine(): NodeMachine {
  const { scenario } = readScenario(new Source('story.yaml', STORY));
  if (scenario === undefined) throw new Error('the story of the tests can not be read');
  return nodeMachine(scenario, 20_000_000_000n, beginRun);
}

/** A session on it, two seconds before the story begins, with some files beside the usual ones. */
export function keySession(
  files: Readonly<Record<string, string>> = {},
  service: 'running' | 'stopped' = 'running',
): NodeSession {
  return new NodeSession(keyMachine(), new Map([...standardFiles(SHIPPED), ...Object.entries(files)]), service);
}

/** Runs lines to their ends and gives all that they show. */
export function shown(session: NodeSession, ...lines: readonly string[]): string {
  return lines.map((line) => session.runToEnd(line).output).join('');
}
