import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Source } from '../../engine/model/source.ts';
import type { ProcessEntry } from '../../engine/model/snapshot.ts';
import type { SuiteReport } from '../../engine/suite/result.ts';
import { SystemSink } from '../../engine/state/system-sink.ts';
import { createSystem } from '../../engine/state/system.ts';
import { DetectingReader } from '../../engine/trace/detecting-reader.ts';
import { verify } from '../../engine/verify.ts';
import { diskFiles } from '../../functions/cli/verify/disk-files.ts';
import { CONFORMANCE, describeConformance } from '../conformance/data.ts';
import { converted } from '../verbs/compat/converted.ts';
import { BESIDES, COMPARED, happened, KnownDifferences, rowOf, type Row } from '../verbs/compat/known-differences.ts';
import { creanceRows } from '../verbs/compat/rows.ts';
import { SYSDIG_ABSENT, SYSDIG_PRESENT, sysdigRows } from '../verbs/compat/sysdig.ts';
import { STORY_GROUPS } from './control-groups.ts';
import { foundIn, textsOfThisMachine } from './leaks.ts';
import { drives, RECORDINGS } from './library.ts';
import { testsOfDrives } from './tests-of-drives.ts';

const MAX_BYTES = 100_000;
const LIBRARY = drives();
const PATHS = LIBRARY.flatMap(({ slug }) => [`${slug}/attack.scap.gz`, `${slug}/benign.scap.gz`]);
const read = (path: string) => readFileSync(join(RECORDINGS, path));
const root = relative(process.cwd(), RECORDINGS) || '.';

/** What a recording must not tell of where it was made, and what nobody should publish. */
const FORBIDDEN = [
  /\/work\//,
  // Eve is made in a drive.
  /\/home\/(?!eve)[a-z]/,
  /node_modules|\.pyenv|process_api|firecracker|-fc-/,
  /creance-recorder|functions\/cli/,
  /AKIA[0-9A-Z]{16}|gh[pousr]_\w{20}|xox[bp]-|eyJ[\w-]{10,}\.eyJ/,
  /(?:password|passwd|secret|token|api_?key)=[^\s&]{4,}/i,
];
/** Names of variables that the processes of a recording have. */
const VARIABLES =
  /^(?:PATH|HOSTNAME|HOME|TERM|LANG|LC_\w+|PWD|OLDPWD|SHELL|USER|LOGNAME|MAIL|SHLVL|LS_COLORS|_|SSH_(?:CLIENT|CONNECTION|TTY)|MOTD_SHOWN|NGINX|TZ|GLIBC_TUNABLES|http_proxy|_LIBCONTAINER_\w+|GOMAXPROCS|SOCAT_\w+|RSYNC_\w+|SUDO_\w+|_+C?GOGC)$/;
/** Networks of the machine in the recordings. */
const OWN_ADDRESS = /^(?:10\.|127\.|0\.0\.0\.0|::1|fe80)/;

function verified(name: string): Promise<SuiteReport> {
  const path = join(root, name);
  const source = new Source(path, readFileSync(path, 'utf8'));
  const variables = new Map([['CREANCE_CONFORMANCE', CONFORMANCE]]);
  return verify([{ kind: 'test file', source }], diskFiles(), { variables });
}

/** What went wrong, by test. */
function wrongIn({ tests }: SuiteReport): string[] {
  return tests
    .filter(({ status }) => status !== 'passed')
    .map(({ name, failures, findings, reason }) =>
      [
        name,
        ...findings.map(({ text }) => text),
        ...failures.map(({ expected, came }) => `${expected}: ${came.join()}`),
      ]
        .concat(reason ?? [])
        .join('; '),
    );
}

/** Looks at everything that a recording says of processes. */
class Looking extends SystemSink {
  readonly entries: ProcessEntry[] = [];
  readonly variables = new Set<string>();
  readonly groups = new Set<string>();
  readonly times: bigint[] = [];
  hostname = '';
  addresses: string[] = [];

  constructor() {
    super(createSystem(), ({ event, thread }) => {
      if (event.info.name === 'execve' && thread !== undefined) this.#note(thread.env, []);
      this.times.push(event.time());
    });
  }

  override machine(machine: Parameters<SystemSink['machine']>[0]): void {
    super.machine(machine);
    this.hostname = machine.hostname;
  }

  override interfaces(list: Parameters<SystemSink['interfaces']>[0]): void {
    super.interfaces(list);
    this.addresses = list.map(({ address }) => textOf(address));
  }

  override process(entry: ProcessEntry): void {
    super.process(entry);
    this.entries.push(entry);
    this.#note(entry.env, entry.cgroups);
  }

  #note(env: readonly string[], cgroups: readonly string[]): void {
    // Servers write their title over their variables; such a text has no name.
    for (const variable of env) if (variable.includes('=')) this.variables.add(variable.split('=', 1)[0] as string);
    for (const group of cgroups) this.groups.add(group.slice(group.indexOf('=') + 1));
  }
}

function textOf(address: string): string {
  const bytes = [...address].map((byte) => byte.charCodeAt(0));
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.every((byte, i) => byte === (i === 15 ? 1 : 0))) return '::1';
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function lookAt(path: string): Looking {
  const looking = new Looking();
  const reader = new DetectingReader(looking);
  reader.push(gunzipSync(read(path)));
  reader.end();
  expect(reader.diagnostics).toEqual([]);
  return looking;
}

describe('the recorded library', () => {
  it('has two small recordings for each drive, and nothing else', () => {
    expect(PATHS.length).toBeGreaterThanOrEqual(60);
    const files = LIBRARY.map(({ slug }) => [slug, readdirSync(join(RECORDINGS, slug)).toSorted()]);
    const whole = ['attack.scap.gz', 'benign.scap.gz', 'drive.yaml'];
    expect(files.filter(([, names]) => String(names) !== String(whole))).toEqual([]);
    expect(PATHS.filter((path) => read(path).length > MAX_BYTES)).toEqual([]);
  });

  it('has tests that say what the drives say', () => {
    for (const [name, text] of testsOfDrives()) expect(readFileSync(join(RECORDINGS, name), 'utf8')).toBe(text);
  });

  it('names its size in its README', () => {
    const readme = readFileSync(join(RECORDINGS, 'README.md'), 'utf8');
    expect(readme).toContain(`${LIBRARY.length} drives, ${PATHS.length} recordings`);
  });

  it('gives the alerts that the drives promise, and no others', async () => {
    expect(wrongIn(await verified('own.test.yaml'))).toEqual([]);
  });

  it('names techniques, and twins that are about something else', () => {
    const wrong = LIBRARY.filter(({ techniques, attack, benign }) => {
      const areNamed = techniques.length > 0 && techniques.every((name) => /^T\d{4}(?:\.\d{3})?$/.test(name));
      return !areNamed || attack.about === benign.about || attack.steps.length === 0 || benign.steps.length === 0;
    });
    expect(wrong.map(({ slug }) => slug)).toEqual([]);
  });

  it('tells nothing of where it was recorded', () => {
    const forbidden = [...FORBIDDEN, ...textsOfThisMachine()];
    expect(PATHS.flatMap((path) => foundIn(read(path), forbidden).map((found) => `${path} ${found}`))).toEqual([]);
  });

  it('tells of a machine of its own: its name, its groups, its addresses, and no variables but known ones', () => {
    const wrong = PATHS.flatMap((path) => {
      const { hostname, groups, addresses, variables, entries, times } = lookAt(path);
      const strange = [
        ...[...groups].filter(
          (group) => group !== '/' && !STORY_GROUPS.some((own) => group.endsWith(own) || group.includes(`${own}/`)),
        ),
        ...addresses.filter((address) => !OWN_ADDRESS.test(address)),
        ...[...variables].filter((name) => !VARIABLES.test(name)),
        ...(hostname === 'node-1' ? [] : [hostname]),
        ...(entries.some(({ comm }) => comm === 'tini') ? [] : ['no first process']),
        ...(times.length > 50 ? [] : ['hardly an event']),
      ];
      return strange.map((what) => `${path}: ${what}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('the recorded library, read by sysdig', () => {
  it('has the same events, processes, open files and containers', ({ skip }) => {
    if (!SYSDIG_PRESENT) skip(SYSDIG_ABSENT);
    const some = PATHS.filter((_, i) => i % 12 === 0);
    const wrong = some.flatMap((path): unknown[] => {
      const trace = gunzipSync(read(path));
      const rows = creanceRows(trace, [...COMPARED, ...BESIDES]).map(rowOf);
      const ours = happened(rows);
      const theirs = happened(sysdigRows(converted(trace, 'compat'), COMPARED).map(rowOf));
      if (ours.length !== theirs.length) return [[path, ours.length, theirs.length]];
      const known = new KnownDifferences(rows);
      return ours.flatMap((row, i) =>
        known.unexplained(row, theirs[i] as Row).map((field) => [path, field, row, theirs[i]]),
      );
    });
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(some.length).toBeGreaterThan(10);
  });
});

describeConformance('the rules that come with Falco, on the recorded library', () => {
  it('fire and are silent as the drives say', async () => {
    expect(existsSync(CONFORMANCE)).toBe(true);
    expect(wrongIn(await verified('upstream.test.yaml'))).toEqual([]);
  });
});
