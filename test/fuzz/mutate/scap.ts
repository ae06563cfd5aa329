import { EVENT_TYPES } from '../../../engine/model/event-types.ts';
import type { Random } from '../random.ts';
import { MAX_INPUT } from '../target.ts';
import { paramBytes, paramsFor } from '../words/param.ts';
import { changeBytes, EDGES, withNumber } from './bytes.ts';
import { blocksOf, captureOf, eventBlock, eventOf, isEvent, type Block, type LooseEvent } from './scap-blocks.ts';

/** Block types of today and of former times. */
const BLOCK_TYPES = [
  0x0a0d0d0a, 0x201, 0x202, 0x203, 0x204, 0x205, 0x206, 0x207, 0x208, 0x209, 0x210, 0x211, 0x212, 0x213, 0x214, 0x215,
  0x216, 0x217, 0x218, 0x219, 0x220, 0x221, 0x222, 0x8000abcd, 0x8001abcd, 0x8010abcd, 1, 0x999,
];
/** Events of a capture that an input begins with; a whole one would take all the time. */
const EVENTS = 120;

/** A part of a capture: some of what it says of the machine, and events that follow one another. */
export function partOfCapture(capture: Uint8Array, random: Random): Uint8Array {
  const blocks = knownBlocks(capture);
  const first = blocks.findIndex(isEvent);
  const head = first === -1 ? blocks : blocks.slice(0, first);
  const events = first === -1 ? [] : blocks.slice(first);
  const from = random.once(2) ? 0 : random.below(events.length);
  const keep = random.pick([1, 1, 0.5, 0.1]);
  const kept = head.filter((block, i) => i === 0 || block.body.length < 4_096 || random.below(100) < keep * 100);
  return captureOf([...kept, ...events.slice(from, from + random.below(EVENTS))]);
}

/** Samples are taken apart once; the large ones have thousands of blocks. */
const KNOWN = new WeakMap<Uint8Array, readonly Block[]>();

function knownBlocks(sample: Uint8Array): readonly Block[] {
  let blocks = KNOWN.get(sample);
  if (blocks === undefined) KNOWN.set(sample, (blocks = blocksOf(sample)));
  return blocks;
}

/** Makes some changes to a capture, most of them such that it can still be read. */
export function changeScap(capture: Uint8Array, random: Random, samples: readonly Uint8Array[]): Uint8Array {
  if (random.once(10)) return changeBytes(capture, random, samples);
  let blocks = blocksOf(capture);
  if (blocks.length === 0) return partOfCapture(random.pick(samples), random);
  for (let left = random.count(6); left > 0; left--) {
    blocks = random.below(3) === 0 ? changeOrder(blocks, random, samples) : changeBlock(blocks, random);
  }
  const changed = captureOf(blocks);
  return changed.length > MAX_INPUT ? changed.slice(0, MAX_INPUT) : changed;
}

function changeOrder(blocks: Block[], random: Random, samples: readonly Uint8Array[]): Block[] {
  const { from, to } = random.stretch(blocks.length);
  const at = random.below(blocks.length + 1);
  const some = blocks.slice(from, to);
  const put = (pieces: readonly Block[]) => [...blocks.slice(0, at), ...pieces, ...blocks.slice(at)];
  switch (random.below(6)) {
    case 0:
      return [...blocks.slice(0, Math.max(1, from)), ...blocks.slice(to)];
    case 1:
      return put(some);
    case 2: {
      const times = random.once(40) ? random.count(2_000) : random.count(6);
      return put(Array.from({ length: times }, () => some.slice(0, 8)).flat());
    }
    case 3:
      return [...blocks.slice(0, from), ...some.toReversed(), ...blocks.slice(to)];
    case 4:
      return put(blocks.slice(0, 1 + random.below(4)));
    default: {
      const others = blocksOf(partOfCapture(random.pick(samples), random));
      const piece = random.stretch(others.length);
      return put(others.slice(piece.from, piece.to));
    }
  }
}

function changeBlock(blocks: Block[], random: Random): Block[] {
  const events = random.once(4) ? [] : blocks.flatMap((block, i) => (isEvent(block) ? [i] : []));
  const at = events.length === 0 ? random.below(blocks.length) : random.pick(events);
  const block = blocks[at] as Block;
  const event = eventOf(block);
  if (event === undefined || random.once(30)) return blocks.with(at, changeFrame(block, random));
  const changed = changeEvent(event, blocks, random);
  return blocks.with(at, eventBlock(changed, random.once(12) ? 1 : 2));
}

/** Changes a block without regard to what it holds. */
function changeFrame(block: Block, random: Random): Block {
  const { body } = block;
  const at = random.below(body.length + 1);
  switch (random.below(20)) {
    case 0:
      return { ...block, type: random.pick(BLOCK_TYPES) };
    case 1:
      return { ...block, says: lie(body.length + 12, random) };
    case 2:
      return { ...block, saysAtEnd: lie(body.length + 12, random) };
    case 3:
      return { ...block, body: body.subarray(0, at) };
    default:
      return { ...block, body: withNumber(body, at, random.pick([1, 2, 4, 8]), random.pick(EDGES)) };
  }
}

function changeEvent(event: LooseEvent, blocks: readonly Block[], random: Random): LooseEvent {
  const { params, type, tid } = event;
  const at = random.below(params.length + 1);
  switch (random.below(10)) {
    case 0: {
      const other = random.below(EVENT_TYPES.length + 2);
      return { ...event, type: other, params: random.once(3) ? params : paramsFor(other, random) };
    }
    case 1:
      return { ...event, type: type ^ 1, params: random.once(2) ? params : paramsFor(type ^ 1, random) };
    case 2:
      return { ...event, params: params.slice(0, at) };
    case 3:
      return { ...event, params: [...params, ...params.slice(0, at)] };
    case 4:
      return {
        ...event,
        tid: random.once(3) ? BigInt.asUintN(64, random.pick(EDGES)) : tidOf(random.pick(blocks), tid),
      };
    case 5:
      return { ...event, time: BigInt.asUintN(64, event.time + random.pick(EDGES)) };
    case 6:
      return { ...event, saysCount: lie(params.length, random) };
    case 7:
      return { ...event, saysLength: lie(26 + params.length * 2, random) };
    default: {
      const param = EVENT_TYPES[type]?.params[at];
      if (param === undefined || at >= params.length) return event;
      return { ...event, params: params.with(at, changeParam(params[at] as Uint8Array, param.type, random)) };
    }
  }
}

function changeParam(bytes: Uint8Array, type: Parameters<typeof paramBytes>[0], random: Random): Uint8Array {
  switch (random.below(4)) {
    case 0:
      return bytes.subarray(0, random.below(bytes.length + 1));
    case 1:
      return withNumber(bytes, random.below(bytes.length + 1), random.pick([1, 2, 4]), random.pick(EDGES));
    default:
      return paramBytes(type, random);
  }
}

function tidOf(block: Block, otherwise: bigint): bigint {
  return eventOf(block)?.tid ?? otherwise;
}

function lie(truth: number, random: Random): number {
  return random.once(2)
    ? (truth + random.pick([-4, -1, 1, 4, 8])) >>> 0
    : Number(BigInt.asUintN(32, random.pick(EDGES)));
}
