import { byteString, bytesOf } from '../../../engine/model/byte-string.ts';
import { readParts } from '../../../functions/http/multipart/read-parts.ts';
import { Refusal } from '../../../functions/http/problem.ts';
import { changeText } from '../mutate/text.ts';
import { promise, type Target } from '../target.ts';

const BOUNDARY = 'b-1';
const PIECE_BYTES = 7;
const WORDS: readonly string[] = [
  `\r\n--${BOUNDARY}\r\n`,
  `\r\n--${BOUNDARY}--`,
  `--${BOUNDARY}`,
  '\r\n\r\n',
  '\r\n',
  '--',
  '; name="a"',
  '; filename="x\\"y"',
  '%22',
  'Content-Disposition: form-data',
  'content-disposition:form-data;name=b',
  '"',
  '\xff',
];
const SAMPLE = [
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="rules"; filename="r.yaml"\r\n`,
  'Content-Type: application/yaml\r\n\r\n- list: a\n  items: []\n',
  `\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name=options\r\n\r\n{"a":1}`,
  `\r\n--${BOUNDARY} \t\r\n\r\nno head\r\n--${BOUNDARY}--\r\n`,
].join('');

/** Multipart forms; their parts must not depend on how the bytes arrive. */
export const form: Target<Uint8Array> = {
  name: 'form',
  kind: 'bytes',
  brief: 800,
  make: () => bytesOf(SAMPLE.replace(/\r\n--b-1 [^]*?no head/, '')),
  change: (bytes, random) => bytesOf(changeText(byteString(bytes), random, { words: WORDS, samples: [SAMPLE] })),
  async run(bytes) {
    const whole = await partsOf(bytes, Math.max(1, bytes.length));
    const cut = await partsOf(bytes, bytes.length > 20_000 ? 4_096 : PIECE_BYTES);
    promise(whole.join('\n') === cut.join('\n'), 'other parts when the form is cut');
    return [`${whole.length} parts`, ...whole.map((part) => part.replace(/[^ -~]|[a-z0-9]{3,}/g, '').slice(0, 20))];
  },
};

/** The parts, and why there are no more. */
async function partsOf(bytes: Uint8Array, pieceBytes: number): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const { name, filename, body } of readParts(pieces(bytes, pieceBytes), BOUNDARY)) {
      let text = '';
      for await (const chunk of body) text += byteString(chunk);
      found.push(`${name} ${filename} ${text}`);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    found.push(`refused: ${error.message}`);
  }
  return found;
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
