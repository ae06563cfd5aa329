import { fromUnicode, type ByteString } from '../model/byte-string.ts';
import { MAX_REACHED_RULES } from '../model/limits.ts';
import type { Collected, Entry, RuleItem } from '../rules/items.ts';
import type { Edit } from './edit.ts';

/** What ends a word in a condition, as it does where lists are put in. */
const WORD = /[^()"' \t-\r=,]+/g;

/**
 * Which rules an edit can reach: through the macros and lists that name what was changed, in either rule set. It is by
 * words, so it may name a rule too many but never one too few.
 */
export class Dependencies {
  /** For each list and macro, what names it: rules by name, others with a mark before it. */
  readonly #users = new Map<ByteString, Set<string>>();
  readonly #known = new Map<string, ReadonlySet<ByteString>>();
  readonly #rules = new Set<ByteString>();
  #remembered = 0;

  constructor(sides: readonly Collected[]) {
    const names = new Set(sides.flatMap(({ lists, macros }) => [...lists.keys(), ...macros.keys()]));
    for (const { lists, macros, rules } of sides) {
      for (const { name, items } of lists.values()) for (const { text } of items) this.#note(text, `. ${name}`, names);
      for (const { name, condition } of macros.values()) this.#note(condition.value, `. ${name}`, names);
      for (const rule of rules.values()) {
        this.#rules.add(rule.name);
        this.#note(rule.condition.value, `r ${rule.name}`, names);
        for (const text of exceptionTexts(rule)) this.#note(text, `r ${rule.name}`, names);
      }
    }
  }

  /** Names of the rules, of either rule set, that an edit can reach; a change of order reaches all. */
  rulesBehind({ subject, kind, name, before }: Edit): ReadonlySet<ByteString> {
    if (subject === 'order') return this.#rules;
    const bytes = fromUnicode(name);
    if (subject !== 'rule') return this.#behind(bytes);
    return new Set(kind === 'rule renamed' ? [bytes, fromUnicode(before ?? '')] : [bytes]);
  }

  #behind(name: ByteString): ReadonlySet<ByteString> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const rules = new Set<ByteString>();
    const seen = new Set([name]);
    for (const word of seen) {
      // A name that is no word can stand anywhere in a text.
      if (word.match(WORD)?.[0] !== word) return this.#rules;
      for (const user of this.#users.get(word) ?? []) {
        if (user.startsWith('r')) rules.add(user.slice(2));
        else seen.add(user.slice(2));
      }
    }
    this.#remembered += rules.size;
    this.#known.set(name, this.#remembered > MAX_REACHED_RULES ? this.#rules : rules);
    return this.#known.get(name) as ReadonlySet<ByteString>;
  }

  #note(text: ByteString, user: string, names: ReadonlySet<ByteString>): void {
    for (const [word] of text.matchAll(WORD)) {
      if (!names.has(word)) continue;
      const users = this.#users.get(word);
      if (users === undefined) this.#users.set(word, new Set([user]));
      else users.add(user);
    }
  }
}

function exceptionTexts({ exceptions }: RuleItem): ByteString[] {
  const texts: ByteString[] = [];
  const open: Entry[] = exceptions.flatMap(({ values }) => values);
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    if (entry.many) open.push(...entry.entries);
    else texts.push(entry.text);
  }
  return texts;
}
