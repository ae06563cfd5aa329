import { EVENT_FLAG, EVENT_TYPES } from '../../engine/model/event-types.ts';
import { planOf } from '../../engine/plan/plan.ts';
import type { RuleSet } from '../../engine/rules/rule-set.ts';
import { blockKind } from '../../engine/trace/scap/block-types.ts';
import { HEADER } from '../../engine/trace/scap/event-layout.ts';

/** Type and length of a block, then the cpu. */
const BEFORE_EVENT_BYTES = 10;

/**
 * What of a capture Falco would have recorded by itself: the syscalls that the rules name and those that it needs to
 * follow threads and files. It takes blocks of today without dump flags, as recorders write them.
 */
export function selectedCapture(capture: Uint8Array, ruleSet: RuleSet): Uint8Array {
  const { wantedTypes } = planOf(ruleSet.active);
  const isKept = EVENT_TYPES.map(
    ({ code, flags }) => wantedTypes[code] === 1 || (flags & EVENT_FLAG.MODIFIES_STATE) !== 0,
  );
  const view = new DataView(capture.buffer, capture.byteOffset, capture.byteLength);
  const kept = new Uint8Array(capture.length);
  let size = 0;
  for (let at = 0; at < capture.length; at += view.getUint32(at + 4, true)) {
    const isEvent = blockKind(view.getUint32(at, true))?.holds === 'event';
    if (isEvent && isKept[view.getUint16(at + BEFORE_EVENT_BYTES + HEADER.TYPE, true)] !== true) continue;
    const block = capture.subarray(at, at + view.getUint32(at + 4, true));
    kept.set(block, size);
    size += block.length;
  }
  return kept.subarray(0, size);
}
