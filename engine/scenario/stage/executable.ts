import type { ByteString } from '../../model/byte-string.ts';
import type { FileFacts } from './file-system.ts';
import { absolutePath, baseName } from './paths.ts';
import type { Place } from './place.ts';
import type { Image, Process } from './process.ts';
import { programOf, type Program } from './programs.ts';

/** Bits of a program's flags: `PPM_EXE_*`. */
export const EXE_FLAG = { WRITABLE: 1, UPPER_LAYER: 2, FROM_MEMFD: 4, LOWER_LAYER: 8 } as const;

/** The kernel keeps this much of a program's name. */
const COMM_BYTES = 15;
/** CAP_DAC_OVERRIDE and CAP_FOWNER: who has one of them may write what belongs to others. */
const WRITES_ANYTHING = (1n << 1n) | (1n << 3n);
/** Since Debian 12 these are links into `/usr`. */
const MERGED = /^\/(bin|sbin|lib|lib64)\//;

/** What is about to be executed. */
export interface Executable {
  /** The path as given to the kernel. */
  readonly filename: ByteString;
  readonly image: Image;
  readonly program: Program;
  /** Whose rights the file gives to whoever runs it, if it has the setuid bit. */
  readonly setuid: number | undefined;
}

/** How a program is named. */
export interface ProgramName {
  readonly argv: readonly ByteString[];
  /** The file, where argv[0] does not name it. */
  readonly exe?: ByteString | undefined;
  /** The program that reads it, for a script. */
  readonly interpreter?: ByteString | undefined;
}

/** Finds the file that a command names, as a search through PATH would, and what the kernel will say of it. */
export function findExecutable(process: Process, name: ProgramName): Executable {
  const { place } = process;
  const os = place.container?.os ?? 'debian';
  const named = name.exe ?? name.argv[0] ?? '';
  const open = openFileOf(process, named);
  if (open !== undefined)
    return open === 'unknown' ? onDisk(process, name, named) : fromDescriptor(process, name, open);
  const filename = named.includes('/') ? named : `${programOf(named, os).directory}/${named}`;
  return onDisk(process, name, filename);
}

function onDisk(process: Process, name: ProgramName, filename: ByteString): Executable {
  const os = process.place.container?.os ?? 'debian';
  const script = name.interpreter !== undefined;
  const path = absolutePath(process.cwd, name.interpreter ?? filename);
  const program = programOf(baseName(path), os);
  const exepath = behindLinks(path, program, process.place, os);
  const facts = process.place.files.look(exepath);
  // The kernel puts the interpreter before a script's arguments and keeps the script's name.
  const argv = script ? [name.interpreter as ByteString, filename, ...name.argv.slice(1)] : name.argv;
  const image = imageOf(process, argv, filename, exepath, facts);
  return { filename, image, program, setuid: setuidOf(exepath, program, facts) };
}

/** A program that has the bit where it is installed, or a file that the story has given it. */
function setuidOf(exepath: ByteString, program: Program, facts: FileFacts): number | undefined {
  if (facts.written) return facts.setuid ? facts.owner : undefined;
  return facts.setuid || (program.setuid && exepath === program.file) ? 0 : undefined;
}

function fromDescriptor(process: Process, name: ProgramName, open: DescriptorProgram): Executable {
  const { path, memfd, fd, inode } = open;
  const facts = process.place.files.look(path);
  const flags = memfd ? EXE_FLAG.FROM_MEMFD | EXE_FLAG.WRITABLE : exeFlags(process, facts);
  const image: Image = {
    comm: String(fd),
    argv: name.argv,
    exepath: memfd ? `memfd:${path}` : path,
    flags,
    inode,
    changed: facts.changed,
  };
  const program = programOf(memfd ? '' : baseName(path), process.place.container?.os ?? 'debian');
  return { filename: `/proc/self/fd/${fd}`, image, program, setuid: undefined };
}

interface DescriptorProgram {
  readonly fd: number;
  readonly path: ByteString;
  readonly memfd: boolean;
  readonly inode: number;
}

/** The open file behind `/proc/self/fd/3` or `/dev/fd/3`; `unknown` when nothing is open there. */
function openFileOf(process: Process, path: ByteString): DescriptorProgram | 'unknown' | undefined {
  const number = /^\/(?:proc\/self|dev)\/fd\/(\d{1,6})$/.exec(path)?.[1];
  if (number === undefined) return undefined;
  const file = process.files.get(Number(number));
  if (file === undefined || (file.kind !== 'memfd' && file.kind !== 'file')) return 'unknown';
  return { fd: Number(number), path: file.path, memfd: file.kind === 'memfd', inode: file.inode };
}

/** The file that a path leads to. What the story itself made is no link. */
function behindLinks(path: ByteString, program: Program, place: Place, os: 'debian' | 'alpine'): ByteString {
  if (place.files.look(path).written) return path;
  const merged = os === 'debian' && MERGED.test(path) ? `/usr${path}` : path;
  const found = `${program.directory}/${baseName(path)}`;
  return merged === found || path === found ? program.file : merged;
}

function imageOf(
  process: Process,
  argv: readonly ByteString[],
  filename: ByteString,
  exepath: ByteString,
  facts: FileFacts,
): Image {
  const comm = baseName(filename).slice(0, COMM_BYTES);
  return { comm, argv, exepath, flags: exeFlags(process, facts), inode: facts.inode, changed: facts.changed };
}

/** What the kernel says of a program: whether this process could write it, and where in an overlay it lies. */
function exeFlags(process: Process, facts: FileFacts): number {
  const writable = (process.capEffective & WRITES_ANYTHING) !== 0n || facts.owner === process.uid;
  const layer = facts.layer === 'upper' ? EXE_FLAG.UPPER_LAYER : facts.layer === 'lower' ? EXE_FLAG.LOWER_LAYER : 0;
  return (writable ? EXE_FLAG.WRITABLE : 0) | layer;
}
