import { bytesOf, fromUnicode } from '../../../engine/model/byte-string.ts';
import { EVENT_TYPES } from '../../../engine/model/event-types.ts';
import { PARAM_SIZES, type ParamType } from '../../../engine/model/param-type.ts';
import { EDGES, joinBytes, withNumber } from '../mutate/bytes.ts';
import type { Random } from '../random.ts';
import { pathText, plainWord, strangeText } from './strange-text.ts';

/** Parameters for an event type: as many as it has, each of its own type or of one of them by mistake. */
export function paramsFor(type: number, random: Random): Uint8Array[] {
  return (EVENT_TYPES[type]?.params ?? []).map((param) =>
    random.once(12) ? strangeBytes(random) : paramBytes(param.type, random),
  );
}

/** Bytes for a parameter of a type. */
export function paramBytes(type: ParamType, random: Random): Uint8Array {
  if (random.once(16)) return new Uint8Array(0);
  const size = PARAM_SIZES[type];
  if (size !== undefined) return number(size, random.once(2) ? BigInt(random.below(64)) : random.pick(EDGES));
  switch (type) {
    case 'SOCKADDR':
    case 'SOCKTUPLE':
      return socket(random);
    case 'FDLIST':
      return joinBytes([
        number(2, BigInt(random.below(4))),
        ...Array.from({ length: random.below(4) * 10 }, () => number(1, BigInt(random.below(12)))),
      ]);
    case 'CHARBUFARRAY':
    case 'CHARBUF_PAIR_ARRAY':
      return joinBytes(Array.from({ length: random.count(5) }, () => text(random)));
    case 'DYN':
      return joinBytes([number(1, BigInt(random.below(6))), number(random.pick([0, 1, 4, 8]), random.pick(EDGES))]);
    default:
      return text(random);
  }
}

function number(size: number, value: bigint): Uint8Array {
  return withNumber(new Uint8Array(size), 0, size, value);
}

/** A text with its NUL, which is sometimes forgotten. */
function text(random: Random): Uint8Array {
  const value = random.pick([pathText, plainWord, strangeText, cgroupText, containerText])(random);
  return bytesOf(fromUnicode(random.once(10) ? value : `${value}\0`));
}

/** Addresses of any family, the right length or not. */
function socket(random: Random): Uint8Array {
  const family = random.pick([0, 1, 2, 10, 16, 255]);
  const size = random.once(4) ? random.below(40) : (({ 1: 16, 2: 12, 10: 36 } as Record<number, number>)[family] ?? 6);
  const rest = Array.from({ length: size }, () => number(1, BigInt(random.pick([0, 1, 10, 127, 255, 80]))));
  return joinBytes([number(1, BigInt(family)), ...rest, family === 1 ? text(random) : new Uint8Array(0)]);
}

function strangeBytes(random: Random): Uint8Array {
  const size = random.once(20) ? random.below(5_000) : random.count(40);
  return Uint8Array.from({ length: size }, () => random.pick([0, 1, 0x2f, 0x2e, 0x41, 0x80, 0xff]));
}

function cgroupText(random: Random): string {
  const id = random.pick(['0123456789abcdef'.repeat(4), '0123456789ab', 'g'.repeat(64)]);
  return random.pick([
    `cpu=/docker/${id}`,
    `/system.slice/docker-${id}.scope`,
    `memory=/kubepods/pod1/${id}`,
    `cri-containerd-${id}.scope`,
    '=/',
  ]);
}

function containerText(random: Random): string {
  const value = random.pick([
    '"a"',
    '1',
    'null',
    '[]',
    '{}',
    '[{"a":1}]',
    '"\\ud800"',
    '-1e999',
    'true',
    `"${'x'.repeat(300)}"`,
  ]);
  const key = random.pick([
    'id',
    'type',
    'name',
    'image',
    'labels',
    'Mounts',
    'env',
    'pod_sandbox_labels',
    'is_privileged',
    'ip',
    'healthprobe',
    'port_mappings',
    'cni_json',
  ]);
  return random.pick([
    `{"container":{"id":"0123456789ab","type":${random.below(12)},"${key}":${value}}}`,
    `{"container":${value}}`,
    '['.repeat(random.count(3_000)),
    `{"container":{"id":"0123456789ab","${key}":${value}`,
  ]);
}
