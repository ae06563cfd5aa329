import type { Priority } from './priority.ts';

/** What output needs to know of a rule. */
export interface AlertRule {
  readonly name: string;
  readonly priority: Priority;
  readonly source: string;
  /** Sorted, without duplicates. */
  readonly tags: readonly string[];
}

/** A rule that fired on an event. Texts here are for people: decoded, malformed bytes replaced. */
export interface Alert {
  readonly rule: string;
  readonly priority: Priority;
  readonly source: string;
  readonly tags: readonly string[];
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  readonly eventNumber: number;
  readonly hostname: string;
  /** The rendered output, without time and priority. */
  readonly message: string;
  /** Falco's text line: time, priority, message. */
  readonly output: string;
  /** Values by field name, typed as in Falco's JSON: null where absent. */
  readonly outputFields: ReadonlyMap<string, JsonValue>;
}

/** A value of `output_fields`; bigint prints its digits. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | Double;

/** A floating-point number, which Falco prints with a fraction even when whole (`0.0`). */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}
