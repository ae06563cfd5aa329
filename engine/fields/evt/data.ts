import { byteString, bytesOf } from '../../model/byte-string.ts';
import { CATEGORY, EVENT_TYPES } from '../../model/event-types.ts';
import type { Integer } from '../../model/integer.ts';
import type { FileKind } from '../../model/snapshot.ts';
import type { Moment } from '../../state/moment.ts';
import type { Family, Reading } from '../field.ts';
import { positionsOf } from './arguments.ts';
import { classOf, codesWhere } from './event-codes.ts';
import { base64Text, shownBuffer } from './param/bytes-text.ts';
import { resultOf } from './result.ts';

const positions = positionsOf('data');
const FILES: ReadonlySet<FileKind> = new Set(['file']);
const SOCKETS: ReadonlySet<FileKind> = new Set(['ipv4', 'ipv6', 'ipv4-server', 'ipv6-server']);

const isRead = (code: number) => classNumber(code) === CATEGORY.IO_READ;
const isWrite = (code: number) => classNumber(code) === CATEGORY.IO_WRITE;
const isEither = (code: number) => (classNumber(code) & CATEGORY.IO_READ) !== 0;

/** What a read or write moved. */
export const EVT_DATA: Family = {
  'evt.buffer': buffer(),
  'evt.buflen': bytesMoved(isEither),
  'evt.buflen.in': bytesMoved(isRead),
  'evt.buflen.out': bytesMoved(isWrite),
  'evt.buflen.file': bytesMoved(isEither, FILES),
  'evt.buflen.file.in': bytesMoved(isRead, FILES),
  'evt.buflen.file.out': bytesMoved(isWrite, FILES),
  'evt.buflen.net': bytesMoved(isEither, SOCKETS),
  'evt.buflen.net.in': bytesMoved(isRead, SOCKETS),
  'evt.buflen.net.out': bytesMoved(isWrite, SOCKETS),
};

/** Conditions see the bytes, outputs see dots for what can't be printed. */
function buffer(): Reading {
  const printed = (moment: Moment) => {
    const index = dataIndex(moment);
    return index < 0 ? undefined : shownBytes(moment, index);
  };
  return {
    subject: 'event',
    eventTypes: codesWhere((type) => (positions[type.code] as number) >= 0),
    read: (moment) => {
      const index = dataIndex(moment);
      return index < 0 ? undefined : byteString(moment.event.data(index));
    },
    printed,
    json: printed,
  };
}

function dataIndex({ event }: Moment): number {
  const index = positions[event.type] as number;
  return index < event.paramCount ? index : -1;
}

/** What the event moved, in base64; undefined if it moved nothing. */
export function bufferInBase64(moment: Moment): string | undefined {
  const index = dataIndex(moment);
  return index < 0 ? undefined : base64Text(moment.event.data(index));
}

/** Falco takes what it shows of a buffer for a buffer once more: with dots nothing changes, base64 is done twice. */
function shownBytes({ event, system }: Moment, index: number): string {
  if (!event.has(index)) return 'NULL';
  const data = event.data(index);
  return system.base64Buffers ? shownBuffer(bytesOf(base64Text(data)), true) : shownBuffer(data, false);
}

/** The result of reads or writes that succeeded, on files of some kinds. */
function bytesMoved(accepts: (code: number) => boolean, kinds?: ReadonlySet<FileKind>): Reading {
  const eventTypes = codesWhere((type) => accepts(type.code));
  return {
    subject: 'event',
    eventTypes,
    read: ({ event, file }): Integer | undefined => {
      if (file === undefined || !eventTypes.has(event.type)) return undefined;
      if (kinds !== undefined && !kinds.has(file.kind)) return undefined;
      const result = resultOf(event);
      return result === undefined || result < 0 ? undefined : result;
    },
  };
}

function classNumber(code: number): number {
  const type = EVENT_TYPES[code];
  return type === undefined ? CATEGORY.UNKNOWN : classOf(type);
}
