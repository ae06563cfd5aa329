/**
 * Runs the loader, built statically here, under other kernels of Debian in QEMU, without hardware help: does it load,
 * attach and record there? Not part of the suite: it fetches kernels from Debian, and takes a minute.
 *
 * Usage: node test/agent/kernels/main.ts [PACKAGE...]
 *
 * Needs qemu-system-x86, busybox-static and a C compiler, and what the agent is built with. Exits 1 where one fails.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { selectionText } from '../../../agent/loader-process.ts';
import { KIND } from '../../../agent/stream/layout.ts';
import { Splitter } from '../../../agent/stream/splitter.ts';
import { readHello, readStats, total } from '../../../agent/stream/stats.ts';
import { PROCEXIT, TABLE } from '../../../agent/table/table.ts';
import { Transcoder } from '../../../agent/transcode/transcoder.ts';
import { paramOf } from '../recording/capture.ts';

/** The newest of two lines of kernels. */
const USUAL = ['linux-image-cloud-amd64', 'linux-image-6.12-cloud-amd64'];
const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = process.argv.length > 2 ? process.argv.slice(2) : USUAL;
const folder = mkdtempSync(join(tmpdir(), 'creance-kernels-'));

try {
  const initramfs = buildInitramfs();
  const failed = packages.map((name) => tryKernel(name, initramfs)).filter((isGood) => !isGood);
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function buildInitramfs(): string {
  execFileSync(process.execPath, [join(root, 'infra/build-agent.ts'), '--static'], { stdio: 'ignore' });
  const tree = join(folder, 'tree');
  for (const path of ['bin', 'proc', 'sys', 'tmp', 'etc']) mkdirSync(join(tree, path), { recursive: true });
  copyFileSync('/usr/bin/busybox', join(tree, 'bin/busybox'));
  copyFileSync(join(root, 'dist/agent/creance-recorder'), join(tree, 'bin/recorder'));
  const all = TABLE.flatMap((row) => (row === undefined ? [] : [row.number]));
  const init = readFileSync(new URL('init.sh', import.meta.url), 'utf8');
  writeFileSync(join(tree, 'init'), init.replace('SELECTION', selectionText([...all, PROCEXIT])), { mode: 0o755 });
  const archive = join(folder, 'initramfs');
  execFileSync('sh', ['-c', `cd ${tree} && find . | busybox cpio -o -H newc 2>/dev/null | gzip > ${archive}`]);
  return archive;
}

function tryKernel(name: string, initramfs: string): boolean {
  const machine = ['-accel', 'tcg', '-cpu', 'max', '-m', '1024', '-smp', '2', '-nographic', '-no-reboot'];
  const append = 'console=ttyS0 quiet panic=-1 rdinit=/init';
  const boot = ['-kernel', kernelOf(name), '-initrd', initramfs, '-append', append];
  const { stdout } = spawnSync('qemu-system-x86_64', [...machine, ...boot], { timeout: 180_000 });
  const said = stdout.toString('latin1');
  const encoded = /STREAM\r?\n([\s\S]*?)\r?\nEND\r?\n/.exec(said)?.[1];
  if (encoded === undefined) {
    console.log(`${name}: nothing was recorded\n${said.slice(-2000)}`);
    return false;
  }
  const { release, ...found } = judge(gunzipSync(Buffer.from(encoded, 'base64')));
  const isGood = Object.values(found).every((value) => value);
  console.log(`${release}: ${isGood ? 'ok' : 'FAILED'} ${JSON.stringify(found)}`);
  return isGood;
}

/** Fetches a kernel; a package that only names the newest one is followed. */
function kernelOf(name: string): string {
  const depends = execFileSync('apt-cache', ['show', '--no-all-versions', name]).toString();
  const target = /^Depends: (linux-image-\S+)/m.exec(depends)?.[1] ?? name;
  const place = join(folder, target);
  mkdirSync(place);
  execFileSync('apt-get', ['download', target], { cwd: place, stdio: 'ignore' });
  const file = readdirSync(place).find((entry) => entry.endsWith('.deb')) ?? '';
  execFileSync('dpkg', ['-x', join(place, file), place]);
  const image = readdirSync(join(place, 'boot')).find((entry) => entry.startsWith('vmlinuz')) ?? '';
  return join(place, 'boot', image);
}

/** What must be true of a stream. */
function judge(stream: Uint8Array) {
  const found = { release: '', state: false, started: false, opened: false, exited: false, accounted: false };
  const transcoder = new Transcoder();
  const splitter = new Splitter((record) => {
    if (record.kind === KIND.HELLO) found.release = readHello(record).release;
    if (record.kind === KIND.STATE_THREAD) found.state = true;
    if (record.kind === KIND.END) {
      const { seen, sent, received } = readStats(record);
      found.accounted = total(seen) > 50 && total(seen) === total(sent) && total(sent) === received;
    }
    const event = transcoder.event(record);
    if (event === undefined) return;
    const { name } = event.info;
    if (name === 'execve' && paramOf(event, 'args') === 'cat\0/etc/creance-mark\0') {
      found.started = paramOf(event, 'trusted_exepath') === '/bin/busybox' && Number(paramOf(event, 'vm_rss')) > 0;
    }
    if (name === 'openat' || name === 'open') found.opened ||= paramOf(event, 'name') === '/etc/creance-mark';
    if (name === 'procexit') found.exited = true;
  });
  splitter.push(stream);
  return found;
}
