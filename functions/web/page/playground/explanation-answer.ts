/** A place in a rule file; line and column count from 1. */
export interface AnswerPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A check, as `creance explain --json` tells of it. */
export interface AnswerCheck {
  readonly check: string;
  readonly holds: boolean;
  readonly text?: string;
  readonly why: string;
  readonly place?: AnswerPlace;
}

/** A row of a truth table. */
export interface AnswerRow extends Partial<AnswerCheck> {
  readonly depth: number;
  readonly kind: 'and' | 'or' | 'not' | 'macro' | 'exception' | 'check';
  readonly name?: string;
  readonly holds: boolean;
  readonly decisive: boolean;
  readonly reached: boolean;
}

/** What became of a rule at an event. */
export interface AnswerRule {
  readonly rule: string;
  readonly priority: string;
  readonly place: AnswerPlace;
  readonly outcome: string;
  readonly text: string;
  readonly holds: boolean;
  readonly distance: number | null;
  readonly changes?: readonly AnswerCheck[];
  readonly rows?: readonly AnswerRow[];
  readonly rowCount?: number;
}

/** What an event is about. */
export interface AnswerEvent {
  readonly number: number;
  readonly type: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** An event explained. */
export interface EventAnswer {
  readonly event: AnswerEvent;
  readonly ruleCount: number;
  readonly rules: readonly AnswerRule[];
}

/** What of a trace came near a rule. */
export interface MissesAnswer {
  readonly rule: string;
  readonly seen: Readonly<Record<string, number>>;
  readonly types: readonly string[];
  readonly fired: number;
  readonly shadowed: Readonly<Record<string, number>>;
  readonly nearMisses: readonly {
    readonly event: AnswerEvent;
    readonly count: number;
    readonly distance: number;
    readonly changes: readonly AnswerCheck[];
  }[];
}
