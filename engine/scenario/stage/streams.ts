import type { ByteString } from '../../model/byte-string.ts';
import type { OpenFile } from './open-file.ts';
import type { Process } from './process.ts';
import type { Stage } from './stage.ts';

/** The device number of the terminal `/dev/pts/N`. */
export function terminalDevice(number: number): number {
  return (136 << 8) | number;
}

/** The file of a terminal's device. */
export function terminalPath(device: number): ByteString {
  return `/dev/pts/${device & 0xff}`;
}

/** Opens the three standard streams of a process that was there before: its terminal, else pipes to the runtime, else nothing. */
export function openStreams(stage: Stage, process: Process): void {
  for (const fd of [0, 1, 2]) process.files.set(fd, streamOf(stage, process, fd));
}

function streamOf(stage: Stage, process: Process, fd: number): OpenFile {
  if (process.tty === 0 && !process.place.isHost && fd !== 0) {
    return { path: '', kind: 'pipe', inode: stage.nextInode(), device: 0, socket: undefined, closeOnExec: false };
  }
  const path = process.tty === 0 ? '/dev/null' : terminalPath(process.tty);
  const { inode, device } = process.place.files.look(path);
  return { path, kind: 'file', inode, device, socket: undefined, closeOnExec: false };
}
