import type { EventParam } from '../../../model/event-types.ts';
import { MAX_REMEMBERED_FLAGS } from '../../../model/limits.ts';

type FlagNames = NonNullable<NonNullable<EventParam['info']>['flags']>;

/** Names of one parameter's values. The same few values come again and again, so their texts are remembered. */
export class FlagTexts {
  readonly #names: FlagNames;
  readonly #text: (value: number, names: FlagNames) => string;
  readonly #known = new Map<number, string>();

  constructor(param: EventParam) {
    this.#names = param.info?.flags ?? [];
    this.#text = param.type === 'MODE' ? modeText : param.type.startsWith('ENUM') ? enumText : bitsText;
  }

  /** The names joined by `|`; empty when the value has none. */
  of(value: number): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const text = this.#text(value, this.#names);
    if (this.#known.size < MAX_REMEMBERED_FLAGS) this.#known.set(value, text);
    return text;
  }
}

/** Every name of exactly this value; some have two. */
function enumText(value: number, names: FlagNames): string {
  return names
    .filter(([, bits]) => bits === value)
    .map(([name]) => name)
    .join('|');
}

/** In the order of the table, every name whose bits are all left; a name takes its bits away. */
function bitsText(value: number, names: FlagNames): string {
  const found: string[] = [];
  let left = value;
  for (const [name, bits] of names) {
    if (!contains(left, bits, value)) continue;
    left &= ~bits;
    found.push(name);
    if (bits === value) break;
  }
  return found.join('|');
}

/** The same, but for a name that is the whole value, which comes last and even when its bits are taken already. */
function modeText(value: number, names: FlagNames): string {
  const found: string[] = [];
  let left = value;
  for (const [name, bits] of names) {
    if (bits === value) {
      found.push(name);
      break;
    }
    if (!contains(left, bits, value)) continue;
    left &= ~bits;
    found.push(name);
  }
  return found.join('|');
}

/** A name of zero stands for nothing but a value of zero. */
function contains(left: number, bits: number, value: number): boolean {
  return bits === 0 ? value === 0 : left !== 0 && (left & bits) >>> 0 === bits >>> 0;
}
