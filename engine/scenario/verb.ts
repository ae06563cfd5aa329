import type { ByteString } from '../model/byte-string.ts';
import type { Keys, Kind, ValuesOf } from './language/kind.ts';
import type { Place } from './stage/place.ts';
import type { Process } from './stage/process.ts';
import type { Stage } from './stage/stage.ts';

/** Who a verb can be said of: an actor, a container, or both. */
type VerbSubject = 'process' | 'container' | 'either';

/** What a verb may have after it. */
type ObjectRule = 'required' | 'optional' | 'none';

/** A verb of the language: what it takes, and what it does on the stage. */
export interface Verb {
  /** As written after the subject: `makes directory`. */
  readonly words: string;
  /** One sentence for the reference and for editors. */
  readonly about: string;
  /** A whole step. */
  readonly example: string;
  readonly subject: VerbSubject;
  readonly objectRule: ObjectRule;
  readonly object: Kind<unknown>;
  readonly keys: Keys;
  /** What `as` gives a name to, if anything. */
  readonly names: 'process' | 'file' | undefined;
  /** True when the syscall behind it can fail, so that `result` may say how. */
  readonly canFail: boolean;
  /** Gives what `as` names: the process or the number of the open file that it made. */
  perform(act: Act<unknown, Readonly<Record<string, unknown>>>): Made;
}

/** What a step made that can have a name. */
type Made = Process | number | undefined;

/** One performance of a step. */
export interface Act<Object, Values> {
  readonly stage: Stage;
  /** Who does it; where the subject is a container its first process, or the machine's when it has none yet. */
  readonly process: Process;
  readonly isContainer: boolean;
  readonly place: Place;
  readonly object: Object;
  readonly keys: Values;
  readonly as: ByteString | undefined;
  /** 0, or a negative errno. */
  readonly result: number;
}

interface Definition<Object, K extends Keys> {
  readonly words: string;
  readonly about: string;
  readonly example: string;
  readonly subject?: VerbSubject;
  readonly object: Kind<NonNullable<Object>>;
  readonly keys: K;
  readonly names?: 'process' | 'file';
  readonly canFail?: boolean;
  perform(act: Act<Object, ValuesOf<K>>): Made;
}

/** A verb that takes an object. */
export function verb<Object, K extends Keys>(definition: Definition<Object, K>): Verb {
  return build(definition, 'required');
}

/** A verb that may go without its object. */
export function verbWithOption<Object, K extends Keys>(definition: Definition<Object | undefined, K>): Verb {
  return build(definition, 'optional');
}

/** A verb that takes nothing. */
export function plainVerb<K extends Keys>(definition: Omit<Definition<undefined, K>, 'object'>): Verb {
  return build({ ...definition, object: NOTHING } as Definition<undefined, K>, 'none');
}

const NOTHING: Kind<never> = { schema: { type: 'null' }, read: () => undefined };

function build<Object, K extends Keys>(definition: Definition<Object, K>, objectRule: ObjectRule): Verb {
  return {
    words: definition.words,
    about: definition.about,
    example: definition.example,
    subject: definition.subject ?? 'process',
    objectRule,
    object: definition.object,
    keys: definition.keys,
    names: definition.names,
    canFail: definition.canFail ?? false,
    // The reader made these values with this definition's own kinds.
    perform: (act) => definition.perform(act as Act<Object, ValuesOf<K>>),
  };
}
