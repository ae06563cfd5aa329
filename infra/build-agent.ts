/**
 * Builds the agent's kernel part and loader into `dist/agent`: the table from TypeScript, the kernel's types from its own
 * BTF, the kernel part with clang, its skeleton with bpftool, the loader with the C compiler.
 *
 * Usage: node infra/build-agent.ts [--static]
 *
 * Exits 1 where a step fails, 3 where a tool is missing; then it says which, and how to get it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tableHeader } from '../agent/table/table-header.ts';

const BTF = '/sys/kernel/btf/vmlinux';
const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'dist/agent');
const kernel = join(root, 'agent/kernel');
const loader = join(root, 'agent/loader');

const missing = [
  find('clang') === undefined && 'clang (the compiler of the kernel part)',
  find('bpftool') === undefined && 'bpftool',
  find('cc') === undefined && find('gcc') === undefined && 'a C compiler',
  !existsSync('/usr/include/bpf/libbpf.h') && 'the headers of libbpf',
  !existsSync('/usr/include/libelf.h') && !existsSync('/usr/include/gelf.h') && 'the headers of libelf',
  !existsSync(BTF) && `${BTF} (a kernel with CONFIG_DEBUG_INFO_BTF)`,
].filter((text) => text !== false);

if (missing.length > 0) {
  process.stderr.write(`the agent can't be built here; missing: ${missing.join(', ')}\n`);
  process.stderr.write('on Debian: apt-get install clang libbpf-dev libelf-dev zlib1g-dev bpftool gcc libc6-dev\n');
  process.exit(3);
}

try {
  build();
} catch (error) {
  process.stderr.write(`${(error as { stderr?: Buffer }).stderr?.toString() ?? String(error)}\n`);
  process.exit(1);
}

function build(): void {
  mkdirSync(out, { recursive: true });
  const types = run('bpftool', ['btf', 'dump', 'file', BTF, 'format', 'c']);
  writeFileSync(join(out, 'vmlinux.h'), types);
  writeFileSync(join(out, 'agent-table.h'), tableHeader());
  const object = join(out, 'recorder.bpf.o');
  const target = ['-g', '-O2', '-Wall', '-Werror', '-target', 'bpf', '-D__TARGET_ARCH_x86'];
  run('clang', [...target, '-I', out, '-I', kernel, '-c', join(kernel, 'recorder.bpf.c'), '-o', object]);
  writeFileSync(join(out, 'recorder.skel.h'), run('bpftool', ['gen', 'skeleton', object, 'name', 'recorder']));
  const sources = readdirSync(loader)
    .filter((name) => name.endsWith('.c'))
    .map((name) => join(loader, name));
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-fstack-protector-strong', '-D_FORTIFY_SOURCE=2'];
  const isStatic = process.argv.includes('--static');
  const libraries = ['-lbpf', '-lelf', '-lz', ...(isStatic ? ['-static'] : [])];
  const program = join(out, 'creance-recorder');
  run('cc', [...flags, '-I', out, '-I', kernel, '-I', loader, ...sources, '-o', program, ...libraries]);
  process.stdout.write(`built ${program}\n`);
}

function run(tool: string, words: readonly string[]): Buffer {
  return execFileSync(find(tool) ?? tool, words, { maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Where a tool is. Debian keeps bpftool out of an ordinary user's path. */
function find(tool: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, tool)).find((path) => existsSync(path));
}
