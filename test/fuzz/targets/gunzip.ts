import { constants, gunzipSync, gzipSync } from 'node:zlib';
import type { Diagnostic } from '../../../engine/model/diagnostic.ts';
import { gunzip as unzip } from '../../../functions/gunzip/gunzip.ts';
import { heldDiagnostics } from '../diagnostics.ts';
import { changeBytes, joinBytes } from '../mutate/bytes.ts';
import type { Random } from '../random.ts';
import { captures } from '../samples.ts';
import { promise, type Target } from '../target.ts';

/** Most that is let out; a few bytes can stand for gigabytes. */
const MAX_BYTES = 4 * 1024 * 1024;
const PIECE_BYTES = 313;
const MEMBERS = 200;
const { Z_FIXED, Z_HUFFMAN_ONLY, Z_DEFAULT_STRATEGY } = constants;

/** Gzip files of several members; what comes out must not depend on how the file is cut. */
export const gunzip: Target<Uint8Array> = {
  name: 'gunzip',
  kind: 'bytes',
  brief: 600,
  make: (random) => joinBytes(Array.from({ length: random.count(3) }, () => member(random))),
  change: (file, random) => changeBytes(random.once(4) ? withFlags(file, random) : file, random, [member(random)]),
  async run(file) {
    const whole = await decompress(file, Math.max(1, file.length));
    const cut = await decompress(file, PIECE_BYTES);
    promise(Buffer.compare(whole.bytes, cut.bytes) === 0, 'other bytes when the file is cut');
    promise(
      whole.kinds.join() === cut.kinds.join(),
      `${whole.kinds.join()} in one piece, ${cut.kinds.join()} when cut`,
    );
    const right = decompressedByZlib(file);
    const isSame = right === undefined || right.length > MAX_BYTES || Buffer.compare(right, whole.bytes) === 0;
    promise(isSame, 'other bytes than zlib gives');
    return [...whole.kinds, `bytes about ${Math.round(Math.log2(1 + whole.bytes.length))}`];
  },
};

async function decompress(file: Uint8Array, pieceBytes: number): Promise<{ bytes: Uint8Array; kinds: string[] }> {
  const found: Diagnostic[] = [];
  const parts: Uint8Array[] = [];
  const options = { report: (diagnostic: Diagnostic) => void found.push(diagnostic), maxBytes: MAX_BYTES };
  for await (const chunk of unzip(pieces(file, pieceBytes), options)) parts.push(chunk.slice());
  return { bytes: joinBytes(parts), kinds: heldDiagnostics(found) };
}

async function* pieces(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

function decompressedByZlib(file: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(file, { maxOutputLength: MAX_BYTES });
  } catch {
    return undefined;
  }
}

const members: Uint8Array[] = [];

/** One of some members, which are made once. */
function member(random: Random): Uint8Array {
  if (members.length < MEMBERS) members.push(newMember(random));
  return random.pick(members);
}

function newMember(random: Random): Uint8Array {
  if (members.length === 0) return gzipSync(new Uint8Array(8 * MAX_BYTES), { level: 1 });
  const capture = random.pick(captures());
  const { from, to } = random.stretch(Math.min(capture.length, 20_000));
  const strategy = random.pick([Z_FIXED, Z_HUFFMAN_ONLY, Z_DEFAULT_STRATEGY]);
  return gzipSync(capture.subarray(from, to), { level: random.below(10), strategy });
}

/** A member's flags say that an extra field, a name, a comment or a checksum follows. */
function withFlags(file: Uint8Array, random: Random): Uint8Array {
  const flags = file.slice();
  if (flags.length > 3) flags[3] = random.below(random.once(4) ? 256 : 32);
  const extra = Uint8Array.from({ length: random.below(40) }, () => random.pick([0, 1, 4, 65]));
  return joinBytes([flags.subarray(0, 10), extra, flags.subarray(10)]);
}
