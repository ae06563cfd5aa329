import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { ContainerWatch } from '../../../agent/containers/watch.ts';
import type { RecordingOptions } from '../../../agent/recording-options.ts';
import { Recording } from '../../../agent/recording.ts';
import { targetOf } from '../../../agent/segments/target.ts';
import { PROCEXIT, TABLE } from '../../../agent/table/table.ts';

/** The loader that the build made. */
export const LOADER = fileURLToPath(new URL('../../../dist/agent/creance-recorder', import.meta.url));

const ALL = [...TABLE.filter((row) => row !== undefined).map((row) => row.number), PROCEXIT];

/** Why nothing can be recorded here; undefined where it can. */
const REASON = reasonNotToRecord();

/** A suite that records for real; where that can't be done it is one skipped test that says why. */
export function describeRecording(name: string, suite: () => void): void {
  if (REASON === undefined) describe(name, suite);
  else describe(name, () => it('needs eBPF', ({ skip }) => skip(REASON)));
}

/** A folder of its own, which is removed after the work. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'creance-agent-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the tests vary. */
export interface Varied {
  readonly selected?: readonly number[];
  readonly ringBytes?: number;
  readonly seconds?: number;
  readonly byProc?: boolean;
  readonly watches?: RecordingOptions['watches'];
  readonly scopes?: RecordingOptions['loader']['scopes'];
  readonly containers?: ContainerWatch;
  readonly memory?: RecordingOptions['memory'];
}

/** A recording of every syscall, or of those given. */
export function recordingTo(output: string, varied: Varied = {}): Recording {
  const {
    selected = ALL,
    ringBytes = 8 * 1024 * 1024,
    seconds = 60,
    scopes = [],
    containers,
    byProc = false,
    watches = [],
    memory,
  } = varied;
  return new Recording({
    loader: { program: LOADER, selected, ringBytes, snaplen: 80, scopes, byProc, user: 65_534 },
    target: targetOf(output),
    limits: { bytes: 64 * 1024 * 1024, seconds },
    syscalls: [],
    watches,
    memory,
    ...(containers === undefined ? {} : { containers }),
  });
}

function reasonNotToRecord(): string | undefined {
  if (process.platform !== 'linux') return 'eBPF needs Linux';
  if (!existsSync(LOADER)) return 'the agent is not built: npm run build:agent';
  try {
    execFileSync(LOADER, ['--probe'], { stdio: ['ignore', 'ignore', 'pipe'] });
    return undefined;
  } catch (error) {
    const message = String((error as { stderr?: Buffer }).stderr ?? error);
    return `eBPF is not permitted here: ${message.trim().split('\n').at(-1)}`;
  }
}
