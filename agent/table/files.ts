import { paramInfo } from '../../engine/model/event-flags.ts';
import { FILE, RETURN, SECTION } from '../stream/layout.ts';
import type { Record } from '../stream/record.ts';
import { openBits } from './flags.ts';
import { bytesAt, onSuccess, RETURNED_FILE, step } from './params.ts';
import { STEP, type ParamAt } from './row.ts';

const FMODE_CREATED = 0x100000;
const O_CREAT = 0x40;
const O_TMPFILE = 0x410000;
const FILE_BYTES = 32;
const COLLECTED = [onSuccess(RETURNED_FILE)];

/** The bits that a file tells of itself, by their names in the parameter. */
function layerBits(code: number, index: number): { created: number; upper: number; lower: number } {
  const flags = new Map(paramInfo(code, index)?.flags ?? []);
  return {
    created: flags.get('O_F_CREATED') ?? 0,
    upper: flags.get('FD_UPPER_LAYER') ?? flags.get('FD_UPPER_LAYER_CREAT') ?? 0,
    lower: flags.get('FD_LOWER_LAYER') ?? flags.get('FD_LOWER_LAYER_CREAT') ?? 0,
  };
}

/** Open flags of an argument (or of openat2's structure, `flagsOf`), with what the opened file adds. */
export function openFlags(flagsOf: (record: Record) => number): ParamAt {
  return (place) => {
    const translate = openBits(place);
    const own = layerBits(place.code, place.index);
    return {
      steps: COLLECTED,
      write: (record, output) => {
        let bits = translate(flagsOf(record));
        const at = bytesAt(record, SECTION.FILE, RETURN, FILE_BYTES);
        if (at !== -1) {
          const layer = record.uint32(at + FILE.LAYER);
          if ((record.uint32(at + FILE.FMODE) & FMODE_CREATED) !== 0) bits |= own.created;
          bits |= layer === 1 ? own.upper : layer === 2 ? own.lower : 0;
        }
        output.uint32(bits);
      },
    };
  };
}

/** The mode that a file is created with; 0 for a call that creates none. */
export function createMode(flagsOf: (record: Record) => number, modeOf: (record: Record) => number): ParamAt {
  return () => ({
    steps: [],
    write: (record, output) =>
      output.uint32((flagsOf(record) & (O_CREAT | O_TMPFILE)) !== 0 ? modeOf(record) & 0o7777 : 0),
  });
}

/** creat's flags are nothing but the layer. */
export const creatLayer: ParamAt = ({ code, index }) => {
  const own = layerBits(code, index);
  return {
    steps: COLLECTED,
    write: (record, output) => {
      const at = bytesAt(record, SECTION.FILE, RETURN, FILE_BYTES);
      const layer = at === -1 ? 0 : record.uint32(at + FILE.LAYER);
      output.uint16(layer === 1 ? own.upper : layer === 2 ? own.lower : 0);
    },
  };
};

/** The device of the file that a call returned. */
export const device: ParamAt = () => ({
  steps: COLLECTED,
  write: (record, output) => {
    const at = bytesAt(record, SECTION.FILE, RETURN, FILE_BYTES);
    output.uint32(at === -1 ? 0 : record.uint32(at + FILE.DEVICE));
  },
});

/** Its inode. */
export const inode: ParamAt = () => ({
  steps: COLLECTED,
  write: (record, output) => {
    const at = bytesAt(record, SECTION.FILE, RETURN, FILE_BYTES);
    if (at === -1) output.uint64(0, 0);
    else output.uint64(record.uint32(at + FILE.INODE), record.uint32(at + FILE.INODE + 4));
  },
});

/** The path of a file that was opened by its handle. */
export const handlePath: ParamAt = () => ({ steps: [], write: (_, output) => output.absent() });

/** Pairs of a descriptor and its events, as poll takes and gives them. */
export function polled(list: number, count: number): ParamAt {
  return () => ({
    steps: [step(STEP.LIST, list, count)],
    write: (record, output) => {
      const section = record.find(SECTION.VALUE, list);
      const entries = section === -1 ? 0 : (record.lengths[section] as number) >> 3;
      const bytes = new Uint8Array(2 + entries * 10);
      const view = new DataView(bytes.buffer);
      view.setUint16(0, entries, true);
      for (let i = 0; i < entries; i++) {
        const at = (record.starts[section] as number) + i * 8;
        const fd = record.view.getInt32(at, true);
        view.setBigInt64(2 + i * 10, BigInt(fd), true);
        view.setInt16(10 + i * 10, pollEvents(record.uint16(at + 6)), true);
      }
      output.copy(bytes, 0, bytes.length);
    },
  });
}

/** The kernel's poll bits in the order of scap's: in, pri, out, rdhup, err, hup, nval, rdnorm, rdband, wrnorm, wrband. */
const POLL: readonly number[] = [0x1, 0x2, 0x4, 0x2000, 0x8, 0x10, 0x20, 0x40, 0x80, 0x100, 0x200];

function pollEvents(events: number): number {
  let bits = 0;
  for (let i = 0; i < POLL.length; i++) if ((events & (POLL[i] as number)) !== 0) bits |= 1 << i;
  return bits;
}
