import type { CarriedBeside } from './carried.ts';
import type { Numbers } from './number-column.ts';

/** Raised with every change of the layout; a form of another version is made anew. */
export const FORM_VERSION = 2;

/** What begins every form: `CRPF`. */
const MAGIC = 0x46505243;
/** Magic, version, length of the head, checksum of all that follows. */
const PREFIX_BYTES = 16;
const ALIGNMENT = 8;

/** A run of numbers in a form, each of 1, 2 or 4 bytes. */
interface Section {
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
  readonly width: number;
}

/** What a form says of itself, before its sections. */
export interface FormHead {
  /** The engine that made it. */
  readonly engine: string;
  /** SHA-256 or another name of the bytes that it was made from. */
  readonly capture: string;
  /** All events of the trace, held or not. */
  readonly events: number;
  /** Nanoseconds of its first and last event, as text. */
  readonly firstTime: string | undefined;
  readonly lastTime: string | undefined;
  /** Upper half of the first event's time: those of the events are kept as what they are more, modulo 2^32. */
  readonly highBase: number;
  /** Codes of the event types that are held. */
  readonly types: readonly number[];
  /** Names of the fields that are stored. */
  readonly fields: readonly string[];
  /** Codes that have a table of events. */
  readonly tables: readonly number[];
  /** What the trace carries, for telling what it can't decide; the rest of that is in sections. */
  readonly carried: CarriedBeside;
  /** How many different rows there are of what is known of threads, the empty one included. */
  readonly threads: number;
}

/** Sections by name. */
export type Sections = Map<string, Numbers | Uint8Array>;

/** Why bytes are no form that can be used: they are of another version, or cut, or changed. */
export class FormFault extends Error {}

/**
 * Writes a form: u32 `CRPF`, u32 version, u32 length of the head, u32 checksum of what follows; the head as JSON in
 * UTF-8; sections, each at a multiple of 8 bytes. Little endian.
 */
export function writeForm(head: FormHead, sections: Sections): Uint8Array<ArrayBuffer> {
  const places: Section[] = [];
  let offset = 0;
  for (const [name, data] of sections) {
    places.push({ name, offset, bytes: data.byteLength, width: data.BYTES_PER_ELEMENT });
    offset = aligned(offset + data.byteLength);
  }
  const json = new TextEncoder().encode(JSON.stringify({ ...head, sections: places }));
  const first = aligned(PREFIX_BYTES + json.length);
  const form = new Uint8Array(first + offset);
  form.set(json, PREFIX_BYTES);
  let at = 0;
  for (const data of sections.values()) {
    form.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), first + (places[at++] as Section).offset);
  }
  const view = new DataView(form.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, FORM_VERSION, true);
  view.setUint32(8, json.length, true);
  view.setUint32(12, checksum(form), true);
  return form;
}

/** Reads a form; its sections share memory with it where it lies at a multiple of 8. Throws a `FormFault`. */
export function readForm(bytes: Uint8Array): { readonly head: FormHead; readonly sections: Sections } {
  const form = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice();
  const view = new DataView(form.buffer, form.byteOffset, form.byteLength);
  if (form.length < PREFIX_BYTES || view.getUint32(0, true) !== MAGIC)
    throw new FormFault('these bytes are no prepared trace');
  if (view.getUint32(4, true) !== FORM_VERSION)
    throw new FormFault('the trace was prepared in another version of the form');
  const length = view.getUint32(8, true);
  if (form.length % ALIGNMENT !== 0 || checksum(form) !== view.getUint32(12, true))
    throw new FormFault('the prepared trace is damaged');
  const text = new TextDecoder().decode(form.subarray(PREFIX_BYTES, PREFIX_BYTES + length));
  const { sections, ...head } = JSON.parse(text) as FormHead & { sections: readonly Section[] };
  const first = aligned(PREFIX_BYTES + length);
  return { head, sections: new Map(sections.map((section) => [section.name, dataOf(form, first, section)])) };
}

function dataOf(form: Uint8Array, first: number, { offset, bytes, width }: Section): Numbers {
  const start = form.byteOffset + first + offset;
  const count = bytes / width;
  if (width === 4) return new Uint32Array(form.buffer, start, count);
  return width === 2 ? new Uint16Array(form.buffer, start, count) : new Uint8Array(form.buffer, start, count);
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}

/**
 * FNV-1a over words of 4 bytes after the prefix, in four lanes that a processor can work on at once. It finds damage, not
 * malice.
 */
function checksum(form: Uint8Array): number {
  const words = new Int32Array(form.buffer, form.byteOffset + PREFIX_BYTES, (form.length - PREFIX_BYTES) >> 2);
  let [a, b, c, d] = [0x811c9dc5, 0x811c9dc6, 0x811c9dc7, 0x811c9dc8];
  let i = 0;
  for (; i + 3 < words.length; i += 4) {
    a = Math.imul(a ^ (words[i] as number), PRIME);
    b = Math.imul(b ^ (words[i + 1] as number), PRIME);
    c = Math.imul(c ^ (words[i + 2] as number), PRIME);
    d = Math.imul(d ^ (words[i + 3] as number), PRIME);
  }
  for (; i < words.length; i++) a = Math.imul(a ^ (words[i] as number), PRIME);
  for (const lane of [b, c, d]) a = Math.imul(a ^ lane, PRIME);
  return a >>> 0;
}

const PRIME = 0x01000193;
