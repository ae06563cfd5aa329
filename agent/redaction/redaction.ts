import type { Event } from '../../engine/model/event.ts';
import type { ProcessEntry } from '../../engine/model/snapshot.ts';
import type { TraceSink } from '../../engine/model/trace.ts';
import { BUILT_IN_PATTERNS, type Pattern, type RedactedField } from './patterns.ts';
import { mayHaveSecret, mayTextHaveSecret } from './suspicion.ts';

/** What was redacted, as a manifest tells it. */
export interface RedactionReport {
  readonly mode: 'secrets' | 'off';
  readonly counts: readonly { readonly kind: string; readonly field: RedactedField; readonly count: number }[];
  /** Rules whose condition reads a field in which something was redacted: on such an event they may decide otherwise. */
  readonly rules: readonly string[];
}

/** How secrets are kept from the disk. */
export interface RedactionSettings {
  readonly mode: 'secrets' | 'off';
  /** Besides those that everybody has. */
  readonly patterns: readonly Pattern[];
  /** Rules by the fields that their conditions read. */
  readonly readers: Readonly<Record<RedactedField, readonly string[]>>;
}

interface Found {
  readonly text: string;
  readonly kinds: readonly string[];
}

/** Texts of which it is remembered what is to be redacted, and how long they are at most: below 8 MB. */
const MAX_KNOWN = 2048;
const MAX_KNOWN_CHARS = 1024;
const STAR = 42;
const LATIN1 = 'latin1';
/** Parameters of texts that are not what somebody said. */
const NO_SECRETS = new Set(['cgroups']);

/**
 * Keeps secrets out of one segment. A secret is overwritten by stars, one for each byte: lengths, and with them results,
 * offsets and how much a call moved, stay what they were, and the length of a secret can be told.
 */
export class Redaction {
  readonly #settings: RedactionSettings;
  readonly #counts = new Map<string, { kind: string; field: RedactedField; count: number }>();
  readonly #known = new Map<string, Found>();
  /** By event type: the parameters that are looked at. */
  readonly #plans: (readonly Looked[] | undefined)[] = [];

  constructor(settings: RedactionSettings) {
    this.#settings = settings;
  }

  /** Overwrites secrets in an event, whose bytes are the caller's own. */
  event(event: Event): void {
    if (this.#settings.mode === 'off') return;
    const plan = (this.#plans[event.type] ??= lookedAt(event));
    for (let i = 0; i < plan.length; i++) this.#param(event, plan[i] as Looked);
  }

  /** A process without secrets. */
  process(entry: ProcessEntry): ProcessEntry {
    if (this.#settings.mode === 'off') return entry;
    const line = [entry.exe, ...entry.args].join('\0');
    const environment = entry.env.join('\0');
    const [newLine, newEnvironment] = [this.text(line, 'arguments'), this.text(environment, 'environment')];
    if (newLine === line && newEnvironment === environment) return entry;
    const [exe = '', ...args] = newLine.split('\0');
    return { ...entry, exe, args, env: entry.env.length === 0 ? [] : newEnvironment.split('\0') };
  }

  /** A sink that hands on processes without secrets. */
  before(sink: TraceSink): TraceSink {
    return {
      section: () => sink.section(),
      machine: (machine) => sink.machine(machine),
      interfaces: (list) => sink.interfaces(list),
      users: (users, groups) => sink.users(users, groups),
      process: (entry) => sink.process(this.process(entry)),
      files: (tid, entries) => sink.files(tid, entries),
      event: (event) => sink.event(event),
    };
  }

  /** A text, one character a byte, without secrets. Variables of an environment are looked at one by one. */
  text(text: string, field: RedactedField): string {
    if (field !== 'environment') return this.#piece(text, field);
    return text
      .split('\0')
      .map((variable) => this.#piece(variable, field))
      .join('\0');
  }

  #piece(text: string, field: RedactedField): string {
    const isSuspect = mayTextHaveSecret(text);
    if (!isSuspect && this.#settings.patterns.length === 0) return text;
    // Processes that follow one another say much the same, and patterns cost a thousand times what a look here does.
    const key = `${field} ${text}`;
    const known = this.#known.get(key);
    const found = known ?? this.#find(text, field, isSuspect);
    if (known === undefined && text.length <= MAX_KNOWN_CHARS) {
      if (this.#known.size >= MAX_KNOWN) this.#known.clear();
      this.#known.set(key, found);
    }
    for (const kind of found.kinds) this.#count(kind, field);
    return found.text;
  }

  #find(text: string, field: RedactedField, isSuspect: boolean): Found {
    const kinds: string[] = [];
    let result = text;
    for (const pattern of [...(isSuspect ? BUILT_IN_PATTERNS : []), ...this.#settings.patterns]) {
      if (!pattern.fields.includes(field)) continue;
      for (const [start, end] of pattern.find(result)) {
        const secret = result.slice(start, end);
        if (/^[*\0]*$/.test(secret)) continue;
        result = result.slice(0, start) + secret.replace(/[^\0]/g, '*') + result.slice(end);
        kinds.push(pattern.kind);
      }
    }
    return { text: result, kinds };
  }

  /** What was redacted by now. */
  report(): RedactionReport {
    const counts = [...this.#counts.values()];
    const fields = new Set(counts.map(({ field }) => field));
    const rules = new Set([...fields].flatMap((field) => this.#settings.readers[field]));
    return { mode: this.#settings.mode, counts, rules: [...rules].toSorted() };
  }

  /** Looks at one parameter, or at two that follow one another: a program and its arguments. */
  #param(event: Event, { index, first, field }: Looked): void {
    if (index >= event.paramCount) return;
    const start = event.starts[first] as number;
    const end = (event.starts[index] as number) + (event.lengths[index] as number);
    if (this.#settings.patterns.length === 0 && !mayHaveSecret(event.bytes, start, end)) return;
    const bytes = Buffer.from(event.bytes.buffer, event.bytes.byteOffset + start, end - start);
    const text = bytes.toString(LATIN1);
    const redacted = this.text(text, field);
    if (redacted === text) return;
    for (let i = 0; i < redacted.length; i++) {
      if (redacted.charCodeAt(i) === STAR) bytes[i] = STAR;
    }
  }

  #count(kind: string, field: RedactedField): void {
    const key = `${kind}\0${field}`;
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { kind, field, count: 1 });
    else known.count++;
  }
}

interface Looked {
  /** The parameter, and the one that the look begins at. */
  readonly index: number;
  readonly first: number;
  readonly field: RedactedField;
}

function lookedAt(event: Event): readonly Looked[] {
  const { params } = event.info;
  return params.flatMap(({ name, type }, index): Looked[] => {
    if (name === 'args')
      return [{ index, first: params[index - 1]?.name === 'exe' ? index - 1 : index, field: 'arguments' }];
    if (name === 'env') return [{ index, first: index, field: 'environment' }];
    return type === 'BYTEBUF' && !NO_SECRETS.has(name) ? [{ index, first: index, field: 'data' }] : [];
  });
}
