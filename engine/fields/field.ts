import type { ParamType, PrintFormat } from '../model/param-type.ts';
import type { Text } from '../model/text.ts';
import type { Value } from '../model/value.ts';
import type { Moment } from '../state/moment.ts';

/**
 * What a test on a field is about. A test about one thing is decided once for that thing:
 * - `type`: the event type alone
 * - `thread`: the thread's own facts and those of its ancestors, accounts and containers; nothing that moves with time
 * - a text column (`text:file`): one named text; a field that is derived from it names the same column
 * - `event`: anything else
 */
export type Subject = 'type' | 'thread' | `text:${string}` | 'event';

/** Fields that Falco compares by code of their own; room `compare` implements each. */
export type OwnComparison =
  | 'either-ip'
  | 'either-net'
  | 'either-port'
  | 'either-proto'
  | 'host-name'
  | 'ancestors'
  | 'around'
  | 'rawarg';

/** How a field gets its value: what a family file writes down for each of its fields. */
export interface Reading {
  readonly subject: Subject;
  /** The value at a moment, undefined where there is none. */
  read(moment: Moment): Value | undefined;
  /** For a text subject: the interned text of its column, which alone decides the value. Undefined means no value. */
  column?(moment: Moment): Text | undefined;
  /** For a text subject: the value that follows from the column's text; absent when the value is the text itself. */
  fromColumn?(text: string): Value | undefined;
  /** For subject `type`: the value that follows from an event code, for every code that `variesOn` doesn't hold. */
  fromType?(code: number): Value | undefined;
  /** For subject `type`: codes whose events must be read after all (generic and async events carry their own name). */
  readonly variesOn?: ReadonlySet<number>;
  /** For an own comparison: every candidate (both ends of a socket, each ancestor); undefined means no value at all. */
  candidates?(moment: Moment): readonly Value[] | undefined;
  readonly ownComparison?: OwnComparison;
  /** Event codes that can carry a value; undefined is any. On every other event the field is absent. */
  readonly eventTypes?: ReadonlySet<number>;
  /** Reading it changes what it reads next, so it must be read when Falco reads it: in the order of the condition. */
  readonly changesWhenRead?: true;
  /** Only where the argument decides it (`evt.rawarg.X`); else the table's. */
  readonly type?: ParamType;
  readonly print?: PrintFormat;
  /** The text an output prints, where that differs from printing `read` by type and format; undefined is `<NA>`. */
  printed?(moment: Moment): string | undefined;
  /** What JSON shows, where that differs from what type and format make of `read`; undefined is null. */
  json?(moment: Moment): Value | undefined;
}

/** How a name in a condition or an output finds its field: `findField`, or one that reads fields from somewhere else. */
export type FieldFinder = (name: string, argument: string | undefined) => Field | FieldProblem;

/** Why a field can't be used; the message is Falco's where Falco has one. */
export interface FieldProblem {
  readonly problem: 'nonexistent' | 'syntax';
  readonly message: string;
}

/** Readings of one family by field name. A field that takes an argument gives a function of it. */
export type Family = Readonly<Record<string, Reading | ((argument: string | undefined) => Reading | FieldProblem)>>;

/** What the public field table says of a field. */
export interface FieldRow {
  readonly name: string;
  readonly fieldClass: string;
  readonly type: ParamType;
  readonly print: PrintFormat;
  readonly list: boolean;
  readonly argument: 'none' | 'optional' | 'required';
  readonly argumentKind: 'index' | 'key' | 'either' | undefined;
  readonly noTransformer: boolean;
  readonly noRightSide: boolean;
  readonly filterOnly: boolean;
  readonly printOnly: boolean;
  readonly deprecated: boolean;
  readonly hidden: boolean;
  readonly suggested: boolean;
}

/** A field with its argument, ready to be read: table row, reading and canonical name in one. */
export interface Field extends Reading {
  /** Canonical, with the argument: `proc.aname[2]`, or `tolower(proc.name)` for a transformed one. */
  readonly name: string;
  /** The row of the plain field this is or is made of. */
  readonly row: FieldRow;
  readonly type: ParamType;
  readonly print: PrintFormat;
  readonly list: boolean;
}
