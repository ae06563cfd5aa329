import { byteString, type ByteString } from '../../engine/model/byte-string.ts';
import { unsigned64, type Integer } from '../../engine/model/integer.ts';
import { HEADER_BYTES, SECTION } from './layout.ts';

/** Sections looked at; the kernel part writes fewer. */
const MAX_SECTIONS = 32;
const SECTION_BYTES = 8;

/**
 * One record of the stream, read where it lies. The object is reused: `at()` points it at the next record. Whatever a
 * section claims is bounded by the record.
 */
export class Record {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);
  start = 0;
  length = 0;
  kind = 0;
  syscall = 0;
  tid = 0;
  pid = 0;
  cpu = 0;
  /** Sections of this record: tag, argument, fault bits, and where the bytes lie. */
  sections = 0;
  readonly tags = new Uint8Array(MAX_SECTIONS);
  readonly notes = new Uint8Array(MAX_SECTIONS);
  readonly faults = new Uint8Array(MAX_SECTIONS);
  readonly starts = new Int32Array(MAX_SECTIONS);
  readonly lengths = new Int32Array(MAX_SECTIONS);

  /** Points at a record of `length` bytes, at least those of a header. */
  at(bytes: Uint8Array, view: DataView, start: number, length: number): void {
    this.bytes = bytes;
    this.view = view;
    this.start = start;
    this.length = length;
    this.kind = view.getUint16(start + 4, true);
    this.syscall = view.getUint16(start + 6, true);
    this.tid = view.getUint32(start + 16, true);
    this.pid = view.getUint32(start + 20, true);
    this.cpu = view.getUint32(start + 32, true);
    this.#findSections();
  }

  #findSections(): void {
    const { view } = this;
    const end = this.start + this.length;
    let count = 0;
    for (let at = this.start + HEADER_BYTES; at + SECTION_BYTES <= end && count < MAX_SECTIONS; count++) {
      const length = view.getUint32(at + 4, true);
      if (length > end - at - SECTION_BYTES) break;
      this.tags[count] = view.getUint8(at);
      this.notes[count] = view.getUint8(at + 1);
      this.faults[count] = view.getUint8(at + 2);
      this.starts[count] = at + SECTION_BYTES;
      this.lengths[count] = length;
      at += SECTION_BYTES + ((length + 7) & ~7);
    }
    this.sections = count;
  }

  /** Nanoseconds since boot, in two halves. */
  get timeLow(): number {
    return this.view.getUint32(this.start + 8, true);
  }

  get timeHigh(): number {
    return this.view.getUint32(this.start + 12, true);
  }

  /** The result's low half, signed: an error or a small number. */
  get result(): number {
    return this.view.getInt32(this.start + 24, true);
  }

  get resultHigh(): number {
    return this.view.getInt32(this.start + 28, true);
  }

  /** An argument's low half, unsigned. */
  low(argument: number): number {
    return this.view.getUint32(this.start + 40 + argument * 8, true);
  }

  high(argument: number): number {
    return this.view.getUint32(this.start + 44 + argument * 8, true);
  }

  /** The place of a section by tag and argument, or -1. */
  find(tag: number, note: number): number {
    for (let i = 0; i < this.sections; i++) if (this.tags[i] === tag && this.notes[i] === note) return i;
    return -1;
  }

  /** Where the bytes of the process section lie, or -1. */
  get process(): number {
    const section = this.find(SECTION.PROCESS, 0);
    return section === -1 ? -1 : (this.starts[section] as number);
  }

  uint16(at: number): number {
    return this.view.getUint16(at, true);
  }

  uint32(at: number): number {
    return this.view.getUint32(at, true);
  }

  uint64(at: number): Integer {
    return unsigned64(this.view.getUint32(at, true), this.view.getUint32(at + 4, true));
  }

  /** The bytes of a section as text, up to its end. */
  text(section: number): ByteString {
    const start = this.starts[section] as number;
    return byteString(this.bytes, start, start + (this.lengths[section] as number));
  }

  /** The text at a place of fixed size, up to its NUL. */
  fixedText(at: number, size: number): ByteString {
    let end = at;
    while (end < at + size && this.bytes[end] !== 0) end++;
    return byteString(this.bytes, at, end);
  }
}
