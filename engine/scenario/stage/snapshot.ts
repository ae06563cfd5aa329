import type { ByteString } from '../../model/byte-string.ts';
import type { FileEntry, FileKind, Machine, NetworkInterface, ProcessEntry } from '../../model/snapshot.ts';
import type { TraceSink } from '../../model/trace.ts';
import { ipv4 } from './ip.ts';
import { EXE_FLAG } from './executable.ts';
import { FAMILY } from './listening.ts';
import type { OpenFile } from './open-file.ts';
import type { Process } from './process.ts';
import type { Stage } from './stage.ts';

/** `PPM_CL_ACTIVE` with `PPM_CL_NAME_CHANGED`: what a scan of /proc sets on every process. */
const SCANNED = (1 << 19) | (1 << 17);
/** scap's numbers of the kinds of files that a story begins with. */
const KIND = { FILE: 16, IPV4_SERVER: 5, IPV6_SERVER: 6, FIFO: 7, UNIX: 8 } as const;
const READ_WRITE = 3;
const TCP = 2;

/** Hands a sink everything that is known before the first event. */
export function deliverSnapshot(stage: Stage, sink: TraceSink): void {
  const { host } = stage;
  const everyone = descendants(host.init);
  sink.section();
  sink.machine(machineOf(stage));
  sink.interfaces(interfacesOf(stage));
  sink.users(host.accounts.users, host.accounts.groups);
  for (const process of everyone) sink.process(entryOf(process));
  for (const process of everyone) {
    sink.files(
      process.tid,
      [...process.files].map(([fd, file]) => fileEntry(fd, file)),
    );
  }
}

function descendants(process: Process | undefined): Process[] {
  if (process === undefined) return [];
  return [process, ...[...process.children].flatMap(descendants)];
}

function machineOf(stage: Stage): Machine {
  const { hostname, cpus } = stage.machine;
  const memoryBytes = 8 * 1024 * 1024 * 1024;
  return { cpus, memoryBytes, maxPid: 4_194_304, hostname, bootTime: stage.clock.bootTime, flags: 0 };
}

function interfacesOf(stage: Stage): NetworkInterface[] {
  const { address } = stage.machine;
  const loopback = {
    name: 'lo',
    address: ipv4(127, 0, 0, 1),
    netmask: ipv4(255, 0, 0, 0),
    broadcast: ipv4(127, 255, 255, 255),
    linkSpeed: 0,
  };
  const broadcast = `${address.slice(0, 3)}\xff`;
  return [loopback, { name: 'eth0', address, netmask: ipv4(255, 255, 255, 0), broadcast, linkSpeed: 1000 }];
}

function entryOf(process: Process): ProcessEntry {
  const { image } = process;
  const [exe = '', ...args] = image.argv;
  return {
    tid: process.tid,
    pid: process.pid,
    ptid: process.parent?.pid ?? 0,
    sid: process.session.tid,
    pgid: process.group.tid,
    vpgid: process.group.vtid,
    vtid: process.vtid,
    vpid: process.vpid,
    comm: image.comm,
    exe,
    exepath: image.exepath,
    args,
    env: process.env,
    cwd: withSlash(process.cwd),
    root: '/',
    cgroups: process.cgroups,
    fdLimit: 1_048_576,
    flags: SCANNED,
    uid: process.uid,
    gid: process.gid,
    loginuid: process.loginuid,
    vmSize: 20_296,
    vmRss: 8_172,
    vmSwap: 0,
    majorFaults: 0,
    minorFaults: 238,
    exeWritable: (image.flags & EXE_FLAG.WRITABLE) !== 0,
    // A scan of /proc does not learn the layer a program lies in.
    exeUpperLayer: false,
    exeLowerLayer: false,
    exeFromMemfd: false,
    capInheritable: 0,
    capPermitted: Number(process.capPermitted),
    capEffective: Number(process.capEffective),
    exeInode: image.inode,
    exeCtime: image.changed,
    exeMtime: image.changed,
    pidnsInitStart: process.place.isHost ? 0 : Number(process.place.initStart),
    tty: process.tty,
  };
}

function withSlash(path: ByteString): ByteString {
  return path.endsWith('/') ? path : `${path}/`;
}

function fileEntry(fd: number, file: OpenFile): FileEntry {
  const { kind, kindCode } = kindOf(file);
  const local = file.socket?.local;
  return {
    fd,
    inode: file.inode,
    kind,
    kindCode,
    name: file.path,
    openFlags: kindCode === KIND.FILE ? READ_WRITE : 0,
    device: file.device,
    sourceIp: local?.ip ?? '',
    destIp: '',
    sourcePort: local?.port ?? 0,
    destPort: 0,
    l4: local === undefined ? 0 : TCP,
    sourcePointer: 0,
    destPointer: 0,
  };
}

function kindOf(file: OpenFile): { kind: FileKind; kindCode: number } {
  if (file.kind === 'pipe') return { kind: 'fifo', kindCode: KIND.FIFO };
  if (file.socket === undefined) return { kind: 'file', kindCode: KIND.FILE };
  if (file.socket.family === FAMILY.UNIX) return { kind: 'unix', kindCode: KIND.UNIX };
  if (file.socket.family === FAMILY.INET) return { kind: 'ipv4-server', kindCode: KIND.IPV4_SERVER };
  return { kind: 'ipv6-server', kindCode: KIND.IPV6_SERVER };
}
