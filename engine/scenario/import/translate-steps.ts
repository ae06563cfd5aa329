import type { Node } from '../../document/node.ts';
import { bind, lacks, type Call } from './call.ts';
import type { ConnectedSockets } from './connected-sockets.ts';
import { Given, textOf } from './given.ts';
import type { StoryDraft } from './story-draft.ts';
import { integerOf, modeDigits, openFlags } from './symbols.ts';
import { translateSocketCall } from './translate-sockets.ts';

/** Translates one step. */
export function translateStep(draft: StoryDraft, node: Node, sockets: ConnectedSockets): void {
  const given = new Given(draft, node, 'a step', node);
  const type = given.text('type');
  const syscall = given.text('syscall') ?? '';
  const name = given.text('name') ?? syscall;
  const args = new Given(draft, given.take('args'), `the arguments of ${name}`, node);
  given.close();
  const translate = Object.hasOwn(CALLS, syscall) ? CALLS[syscall] : undefined;
  if (type !== 'syscall' || translate === undefined) {
    draft.lose(node, `the step ${name}: ${[type, syscall].filter(Boolean).join(' ')}`);
    return;
  }
  if (translate({ draft, args, syscall, name, node, sockets })) args.close();
}

const CALLS: Readonly<Record<string, (call: Call) => boolean>> = {
  write: (call) => transfer(call, 'writes', 'to'),
  read: (call) => transfer(call, 'reads', 'from'),
  open,
  openat: open,
  openat2: open,
  symlink: (call) => link(call, 'symlinks', 'target', 'linkPath'),
  symlinkat: (call) => link(call, 'symlinks', 'target', 'linkPath'),
  link: (call) => link(call, 'links', 'oldPath', 'newPath'),
  linkat: (call) => link(call, 'links', 'oldPath', 'newPath'),
  init_module: loadModule,
  finit_module: loadModule,
  dup: duplicate,
  dup2: duplicate,
  dup3: duplicate,
  kill,
  socket: translateSocketCall,
  connect: translateSocketCall,
  sendto: translateSocketCall,
};

function transfer(call: Call, verb: string, key: 'to' | 'from'): boolean {
  const { draft, args } = call;
  const file = args.file('fd');
  if (file === undefined) return lacks(call);
  const buffer = args.text('buffer') ?? '';
  const length = args.text('len');
  const size = length === undefined ? undefined : String(integerOf(length) ?? 0);
  draft.step(`${draft.actor} ${verb}`, buffer, [
    [key, file.handle],
    [key === 'to' ? 'bytes' : 'size', size],
  ]);
  bind(call, 'fd', { kind: 'file', ...file });
  bind(call, 'buffer', { kind: 'text', text: buffer });
  return true;
}

function open(call: Call): boolean {
  const { draft, args, syscall, node, name } = call;
  const path = pathIn(args, 'dirFd', 'pathname');
  if (path === undefined) return lacks(call);
  const how = syscall === 'openat2' ? new Given(draft, args.take('how'), "'how'", node) : args;
  const flags = openFlags(how.text('flags') ?? '0', draft, node);
  const handle = draft.name(name);
  draft.step(`${draft.actor} opens`, path, [
    ['for', flags.for === 'reading' ? undefined : flags.for],
    ['flags', flags.flags.length === 0 ? undefined : flags.flags],
    ['mode', modeDigits(how.text('mode'))],
    ['by', syscall],
    ['as', handle],
  ]);
  if (how !== args) how.close();
  bind(call, 'ret', { kind: 'file', handle, path });
  bind(call, 'pathname', { kind: 'text', text: path });
  return true;
}

function link(call: Call, verb: string, there: string, made: string): boolean {
  const { draft, args, syscall } = call;
  const target = verb === 'links' ? pathIn(args, 'oldDirFd', there) : args.text(there);
  const path = pathIn(args, 'newDirFd', made);
  if (target === undefined || path === undefined) return lacks(call);
  draft.step(`${draft.actor} ${verb}`, path, [
    ['to', target],
    ['by', syscall],
  ]);
  bind(call, there, { kind: 'text', text: target });
  bind(call, made, { kind: 'text', text: path });
  return true;
}

function loadModule(call: Call): boolean {
  const { draft, args, syscall } = call;
  const file = syscall === 'finit_module' ? args.file('fd') : { handle: '', path: '/tmp/module.ko' };
  if (file?.path === undefined) return lacks(call);
  draft.step(`${draft.actor} loads module`, file.path, [
    ['parameters', args.text('paramValues')],
    ['by', syscall],
  ]);
  return true;
}

function duplicate(call: Call): boolean {
  const { draft, args, syscall, name } = call;
  const old = args.file('oldFd');
  const wanted = args.text('newFd');
  if (old === undefined || (syscall !== 'dup' && wanted === undefined)) return lacks(call);
  const handle = draft.name(name);
  draft.step(`${draft.actor} duplicates`, old.handle, [
    ['to', wanted],
    ['by', syscall],
    ['as', handle],
  ]);
  bind(call, 'oldFd', { kind: 'file', ...old });
  bind(call, 'ret', { ...old, kind: 'file', handle });
  if (wanted !== undefined) bind(call, 'newFd', { ...old, kind: 'file', handle });
  return true;
}

function kill(call: Call): boolean {
  const { draft, args } = call;
  const victim = args.actor('pid');
  if (victim === undefined) return lacks(call);
  draft.step(`${draft.actor} kills`, victim, [['signal', args.text('sig')]]);
  bind(call, 'pid', { kind: 'actor', name: victim });
  return true;
}

/** A path, seen from the directory that an open file is, where there is one. */
function pathIn(args: Given, directoryKey: string, pathKey: string): string | undefined {
  const directoryNode = args.take(directoryKey);
  const path = args.text(pathKey);
  if (path === undefined || directoryNode === undefined || path.startsWith('/')) return path;
  const directory = args.resolve(directoryNode, directoryKey);
  if (directory?.path === undefined) return textOf(directoryNode) === 'AT_FDCWD' ? path : undefined;
  return `${directory.path.replace(/\/$/, '')}/${path.replace(/^\.\//, '')}`;
}
