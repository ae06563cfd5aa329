import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, readlinkSync } from 'node:fs';
import { arch, platform, release } from 'node:os';
import { good, type Finding } from './finding.ts';

/** Kernel from which on everything that is used is there: sleepable task iterators. */
const LEAST_KERNEL = [5, 18] as const;
const CAP = { SYS_ADMIN: 21, PERFMON: 38, BPF: 39 };
/** The inode of the first pid namespace. */
const FIRST_PID_NAMESPACE = 'pid:[4026531836]';

/** Looks whether this machine and this process can record, and says of each thing that is missing how to get it. */
export function examine(loader: string): readonly Finding[] {
  if (platform() !== 'linux') {
    return [
      { what: 'system', state: 'bad', found: platform(), fix: 'recording needs Linux; run the agent on the node' },
    ];
  }
  const findings = [architecture(), kernel(), types(), rights(), lockdown(), namespaces(), cgroups(), program(loader)];
  return findings.some(({ state }) => state === 'bad') ? findings : [...findings, attempt(loader)];
}

function architecture(): Finding {
  if (arch() === 'x64') return good('architecture', 'x86-64');
  return { what: 'architecture', state: 'bad', found: arch(), fix: 'only x86-64 is supported' };
}

function kernel(): Finding {
  const [major = 0, minor = 0] = release()
    .split('.')
    .map((part) => Number.parseInt(part, 10));
  const [leastMajor, leastMinor] = LEAST_KERNEL;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return good('kernel', release());
  const fix = `from ${leastMajor}.${leastMinor} on the state at start is told by the kernel; before that it is read from /proc, if the rest loads at all`;
  return { what: 'kernel', state: 'limited', found: release(), fix };
}

function types(): Finding {
  const path = '/sys/kernel/btf/vmlinux';
  if (existsSync(path)) return good('kernel types', path);
  const fix = 'the kernel must be built with CONFIG_DEBUG_INFO_BTF; in a container /sys must be the host’s';
  return { what: 'kernel types', state: 'bad', found: `${path} is not there`, fix };
}

function rights(): Finding {
  const mask = BigInt(`0x${/^CapEff:\s*(\w+)/m.exec(read('/proc/self/status'))?.[1] ?? '0'}`);
  const has = (bit: number) => ((mask >> BigInt(bit)) & 1n) === 1n;
  if (has(CAP.SYS_ADMIN)) return good('capabilities', 'CAP_SYS_ADMIN; CAP_BPF and CAP_PERFMON would do');
  if (has(CAP.BPF) && has(CAP.PERFMON)) return good('capabilities', 'CAP_BPF and CAP_PERFMON');
  const missing = [!has(CAP.BPF) && 'CAP_BPF', !has(CAP.PERFMON) && 'CAP_PERFMON'].filter((name) => name !== false);
  const fix =
    'run as root, or give both capabilities: AmbientCapabilities= in a unit, capabilities.add [BPF, PERFMON] in a pod, or setpriv --ambient-caps +bpf,+perfmon --inh-caps +bpf,+perfmon';
  return { what: 'capabilities', state: 'bad', found: `${missing.join(' and ')} missing`, fix };
}

function lockdown(): Finding {
  const chosen = /\[(\w+)\]/.exec(read('/sys/kernel/security/lockdown'))?.[1] ?? 'none';
  if (chosen !== 'confidentiality') return good('lockdown', chosen);
  const fix = 'lockdown=confidentiality forbids reading kernel memory; boot with lockdown=integrity or none';
  return { what: 'lockdown', state: 'bad', found: chosen, fix };
}

function namespaces(): Finding {
  const own = link('/proc/self/ns/pid');
  if (own === FIRST_PID_NAMESPACE) return good('pid namespace', 'the first one');
  const fix =
    'processes outside of this namespace are recorded, but those that run already are not known: hostPID: true in a pod, --pid=host for a container';
  return { what: 'pid namespace', state: 'limited', found: own, fix };
}

function cgroups(): Finding {
  if (existsSync('/sys/fs/cgroup/cgroup.controllers')) return good('control groups', 'version 2');
  const hybrid = existsSync('/sys/fs/cgroup/unified/cgroup.controllers');
  if (hybrid) return good('control groups', 'versions 1 and 2 side by side');
  const fix = '--cgroup needs version 2 (systemd.unified_cgroup_hierarchy=1); all else works';
  return { what: 'control groups', state: 'limited', found: 'version 1 alone', fix };
}

function program(loader: string): Finding {
  try {
    accessSync(loader, constants.X_OK);
    return good('loader', loader);
  } catch {
    const fix =
      'npm run build:agent (on Debian after: apt-get install clang libbpf-dev libelf-dev zlib1g-dev bpftool), or --loader PATH';
    return { what: 'loader', state: 'bad', found: `${loader} is not there`, fix };
  }
}

/** The proof: the kernel part is loaded and attached for a moment. */
function attempt(loader: string): Finding {
  const what = 'kernel part';
  try {
    execFileSync(loader, ['--probe'], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 30_000 });
    return { ...good(what, 'loads, and attaches'), ...iterators(loader) };
  } catch (error) {
    const message = (error as { stderr?: Buffer }).stderr?.toString() ?? String(error);
    return { what, state: 'bad', found: message.trim().split('\n').at(-1) ?? '', fix: adviceFor(message) };
  }
}

/** Without the iterators the loader says so, and goes on. */
function iterators(loader: string): Partial<Finding> {
  const { stderr } = spawnSync(loader, ['--probe'], { encoding: 'utf8', timeout: 30_000 });
  if (!stderr.includes('/proc')) return {};
  return {
    state: 'limited',
    found: 'loads without the iterators: the state at start is read from /proc',
    fix: 'needs root, or CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH beside CAP_BPF and CAP_PERFMON, and a kernel from 5.18 on to do without',
  };
}

function adviceFor(message: string): string {
  if (/Operation not permitted|Permission denied/.test(message)) {
    return 'the kernel refused: a seccomp profile without bpf(2), a missing capability, or lockdown; see the loader’s message';
  }
  if (/memory/i.test(message))
    return 'the ring did not fit: a smaller --ring, or a higher limit of memory (or of locked memory before 5.11)';
  return 'run the loader with --probe and look at what the verifier says';
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return 'unknown';
  }
}
