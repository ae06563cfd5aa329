import type { MachineFiles } from '../task.ts';
import type { Grading } from '../grade.ts';
import { dateParts } from '../node/date-text.ts';
import { unread, type Happening } from '../node/falco-service.ts';
import { readNodeState, type NodeState } from '../node/node-state.ts';
import type { ServiceDemand } from '../task-check.ts';

const PAST: Readonly<Record<Happening, string>> = {
  start: 'started',
  stop: 'stopped',
  restart: 'restarted',
  reload: 'reloaded',
  fail: 'started with files that it refused',
};

/** How Falco's service stands on the node, what it has read, and what was done to it. */
export function gradeService({ state, loaded, done, notDone }: ServiceDemand, { handedIn }: Grading): string[] {
  const node = readNodeState(handedIn);
  if (node === undefined)
    return ['nobody was on the node yet: creance practice node, or the terminal of the page, opens it'];
  const { service, happenings } = node;
  const lines: string[] = [];
  if (state !== undefined && service.state !== state) {
    lines.push(
      `the service is ${service.state}, not ${state}${service.state === 'failed' ? '; journalctl -u falco says why' : ''}`,
    );
  }
  if (loaded) lines.push(...notLoaded(service, handedIn));
  const count = (what: Happening): number => happenings.filter((one) => one.what === what).length;
  for (const what of done) if (count(what) === 0) lines.push(`the service was not ${PAST[what]}`);
  for (const what of notDone) {
    const last = happenings.findLast((one) => one.what === what);
    if (last === undefined) continue;
    const often = count(what) === 1 ? '' : `, ${count(what)} times`;
    lines.push(`the service was ${PAST[what]} at ${dateParts(BigInt(last.time)).clock}${often}`);
  }
  return lines;
}

function notLoaded({ state, read }: NodeState['service'], files: MachineFiles): string[] {
  if (state !== 'running') return ['no Falco runs as a service that could have read the files'];
  const paths = unread(read, files);
  if (paths.length === 0) return [];
  const words = 'journalctl -u falco tells whether it refused them, or was never told';
  return [`the running Falco has not read what stands in ${paths.join(', ')} now; ${words}`];
}
