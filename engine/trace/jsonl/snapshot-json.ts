import {
  FILE_KINDS,
  L4_PROTOCOLS,
  type FileEntry,
  type GroupEntry,
  type Machine,
  type NetworkInterface,
  type ProcessEntry,
  type UserEntry,
} from '../../model/snapshot.ts';
import { emptyFile } from '../scap/file-list.ts';
import { emptyProcess } from '../scap/process-list.ts';
import { describeNode, type JsonNode, type LineProblem } from './json-node.ts';
import { jsonOfRecord, readRecord, type Defaults, type Shape } from './record-shape.ts';

const MACHINE: Shape = [
  ['cpus', 'uint32'],
  ['memoryBytes', 'integer'],
  ['maxPid', 'integer'],
  ['hostname', 'text'],
  ['bootTime', 'bigint'],
  ['flags', 'integer'],
];
const NO_MACHINE = { cpus: 0, memoryBytes: 0, maxPid: 0, hostname: '', bootTime: 0n, flags: 0 };

const INTERFACE: Shape = [
  ['name', 'text'],
  ['address', 'address'],
  ['netmask', 'address'],
  ['broadcast', 'address'],
  ['linkSpeed', 'integer'],
];
const NO_INTERFACE = {
  name: '',
  address: '\0\0\0\0',
  netmask: '\0\0\0\0',
  broadcast: '\0\0\0\0',
  linkSpeed: undefined,
};

const USER: Shape = [
  ['uid', 'uint32'],
  ['gid', 'uint32'],
  ['name', 'text'],
  ['home', 'text'],
  ['shell', 'text'],
];
const NO_USER = { uid: 0, gid: 0, name: '', home: '', shell: '' };

const GROUP: Shape = [
  ['gid', 'uint32'],
  ['name', 'text'],
];
const NO_GROUP = { gid: 0, name: '' };

const PROCESS: Shape = [
  ['tid', 'small'],
  ['pid', 'small'],
  ['ptid', 'small'],
  ['comm', 'text'],
  ['exe', 'text'],
  ['exepath', 'text'],
  ['args', 'texts'],
  ['cwd', 'text'],
  ['uid', 'uint32'],
  ['gid', 'uint32'],
  ['loginuid', 'uint32'],
  ['sid', 'small'],
  ['pgid', 'small'],
  ['vpgid', 'small'],
  ['vtid', 'small'],
  ['vpid', 'small'],
  ['tty', 'uint32'],
  ['root', 'text'],
  ['env', 'texts'],
  ['cgroups', 'texts'],
  ['flags', 'uint32'],
  ['fdLimit', 'integer'],
  ['vmSize', 'uint32'],
  ['vmRss', 'uint32'],
  ['vmSwap', 'uint32'],
  ['majorFaults', 'integer'],
  ['minorFaults', 'integer'],
  ['exeWritable', 'boolean'],
  ['exeUpperLayer', 'boolean'],
  ['exeLowerLayer', 'boolean'],
  ['exeFromMemfd', 'boolean'],
  ['capInheritable', 'integer'],
  ['capPermitted', 'integer'],
  ['capEffective', 'integer'],
  ['exeInode', 'integer'],
  ['exeCtime', 'integer'],
  ['exeMtime', 'integer'],
  ['pidnsInitStart', 'integer'],
];
const NO_PROCESS = { ...emptyProcess() };

/** Kinds by scap's number; regular files of captures from before July 2017 have a number of their own. */
const KIND_NAMES = FILE_KINDS.map((name, code) => (code === 1 ? 'old-file' : name));
const FILE: Shape = [
  ['fd', 'small'],
  ['kind', KIND_NAMES, 'kindCode'],
  ['name', 'text'],
  ['openFlags', 'uint32'],
  ['device', 'uint32'],
  ['inode', 'integer'],
  ['sourceIp', 'address'],
  ['sourcePort', 'uint16'],
  ['destIp', 'address'],
  ['destPort', 'uint16'],
  ['l4', L4_PROTOCOLS],
  ['sourcePointer', 'integer'],
  ['destPointer', 'integer'],
];
const NO_FILE = { ...emptyFile(0, 16) };

/** `{"machine": ...}` */
export function jsonOfMachine(machine: Machine): string {
  return `{"machine":${jsonOfRecord(machine, MACHINE, NO_MACHINE, ['cpus', 'hostname'])}}`;
}

/** The machine of a machine record. */
export function readMachineJson(node: JsonNode, problem: LineProblem): Machine {
  return readRecord(node, MACHINE, NO_MACHINE, 'a machine', problem);
}

/** `{"interfaces": [...]}` */
export function jsonOfInterfaces(list: readonly NetworkInterface[]): string {
  const items = list.map((entry) =>
    jsonOfRecord(entry, INTERFACE, NO_INTERFACE, ['name', 'address', 'netmask', 'broadcast']),
  );
  return `{"interfaces":[${items.join(',')}]}`;
}

/** The interfaces of an interfaces record. */
export function readInterfacesJson(node: JsonNode, problem: LineProblem): NetworkInterface[] {
  return readList(node, INTERFACE, NO_INTERFACE, 'an interface', problem);
}

/** `{"users": [...], "groups": [...]}` */
export function jsonOfUsers(users: readonly UserEntry[], groups: readonly GroupEntry[]): string {
  const userItems = users.map((user) => jsonOfRecord(user, USER, NO_USER, ['uid', 'gid', 'name']));
  const groupItems = groups.map((group) => jsonOfRecord(group, GROUP, NO_GROUP, ['gid', 'name']));
  return `{"users":[${userItems.join(',')}],"groups":[${groupItems.join(',')}]}`;
}

/** The users of a users record. */
export function readUsersJson(node: JsonNode, problem: LineProblem): UserEntry[] {
  return readList(node, USER, NO_USER, 'a user', problem);
}

/** The groups of a users record. */
export function readGroupsJson(node: JsonNode, problem: LineProblem): GroupEntry[] {
  return readList(node, GROUP, NO_GROUP, 'a group', problem);
}

/** `{"process": {...}}` */
export function jsonOfProcess(entry: ProcessEntry): string {
  return `{"process":${jsonOfRecord(entry, PROCESS, NO_PROCESS, ['tid', 'pid', 'ptid', 'comm', 'exe'])}}`;
}

/** The process of a process record; without a pid it is a main thread, without an exe it was called by its comm. */
export function readProcessJson(node: JsonNode, problem: LineProblem): ProcessEntry {
  const told = readRecord<ProcessEntry>(
    node,
    PROCESS,
    { ...NO_PROCESS, pid: undefined, exe: undefined },
    'a process',
    problem,
  );
  return { ...told, pid: told.pid ?? told.tid, exe: told.exe ?? told.comm };
}

/** `{"tid": ..., "files": [...]}` */
export function jsonOfFiles(tid: number, entries: readonly FileEntry[]): string {
  const items = entries.map((entry) => jsonOfRecord(entry, FILE, NO_FILE, ['fd', 'kind']));
  return `{"tid":${tid},"files":[${items.join(',')}]}`;
}

/** The files of a files record. */
export function readFilesJson(node: JsonNode, problem: LineProblem): FileEntry[] {
  const entries = readList<FileEntry>(node, FILE, NO_FILE, 'a file', problem);
  return entries.map((entry) => ({ ...entry, kind: FILE_KINDS[entry.kindCode] ?? 'unsupported' }));
}

function readList<T>(node: JsonNode, shape: Shape, defaults: object, what: string, problem: LineProblem): T[] {
  if (node.kind !== 'array') {
    problem.note(node.at, `a list was expected, not ${describeNode(node)}`);
    return [];
  }
  return node.items.map((item) => readRecord<T>(item, shape, defaults as Defaults, what, problem));
}
