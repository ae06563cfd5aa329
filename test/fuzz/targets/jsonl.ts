import { byteString, bytesOf } from '../../../engine/model/byte-string.ts';
import { EVENT_TYPES } from '../../../engine/model/event-types.ts';
import { changeText } from '../mutate/text.ts';
import type { Random } from '../random.ts';
import { lines } from '../samples.ts';
import type { Target } from '../target.ts';
import { runTrace } from './scap.ts';

const JSON_WORDS: readonly string[] = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '""',
  'null',
  'true',
  '-0',
  '1e999',
  '-1',
  '1.5',
  '18446744073709551616',
  '"\\ud800"',
  '"\\u0000"',
  '"\\',
  '{"hex":"00ff"}',
  '"0x1F"',
  '"type":',
  '"params":',
  '"time":',
  '"tid":',
  '\n',
  '{"section":1}',
  '"::1"',
  '"1.2.3.4:80"',
  '"process":',
  '"files":',
  '"users":',
  '"\xff"',
  '"event":',
  '"number":0',
  ...EVENT_TYPES.filter(({ code }) => code % 7 === 1).map(({ symbol }) => `"${symbol}"`),
];

/** Traces as lines of JSON, changed as bytes so that they are not always UTF-8. */
export const jsonl: Target<Uint8Array> = {
  name: 'jsonl',
  kind: 'bytes',
  brief: 100,
  make: (random) => bytesOf(part(random)),
  change(trace, random) {
    const samples = Array.from({ length: 3 }, () => part(random));
    return bytesOf(changeText(byteString(trace), random, { words: JSON_WORDS, samples }));
  },
  run: (trace) => runTrace(trace, ['jsonl']),
};

/** The head of a trace and some of its events. */
function part(random: Random): string {
  const all = byteString(random.pick(lines())).split('\n');
  const { from, to } = random.stretch(all.length);
  return [...all.slice(0, random.once(4) ? random.below(30) : all.length), ...all.slice(from, to)].join('\n');
}
