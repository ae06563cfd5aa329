/** Changed alerts that are alike. */
export interface ChangeGroupJson {
  readonly kind: 'appeared' | 'vanished' | 'changed';
  readonly rule: string;
  readonly ruleAfter?: string;
  readonly workload: string;
  readonly label: 'attack' | 'benign' | 'unknown';
  readonly image: string;
  readonly cause: { readonly text: string };
  readonly count: number;
  readonly examples: readonly {
    readonly event: number;
    readonly before?: { readonly output: string };
    readonly after?: { readonly output: string };
  }[];
}

/** What a change of rules does to alerts, as `creance diff --json` tells it. */
export interface ChangeJson {
  readonly verdict: string;
  readonly totals: {
    readonly workloads: Readonly<Record<'attack' | 'benign' | 'unknown', number>>;
    readonly events: number;
    readonly alertsBefore: number;
    readonly alertsAfter: number;
    readonly appeared: number;
    readonly vanished: number;
    readonly changed: number;
    readonly attacksUnseen: number;
    readonly attacksSeenLess: number;
    readonly attacksNewlySeen: number;
    readonly newNoise: number;
    readonly lessNoise: number;
  };
  readonly version: {
    readonly level: string;
    readonly reasons: readonly { readonly level: string; readonly text: string }[];
  };
  readonly groups: readonly ChangeGroupJson[];
  readonly edits: readonly {
    readonly number: number;
    readonly text?: string;
    readonly kind: string;
    readonly alerts: number;
    readonly source?: string;
    readonly line?: number;
  }[];
}
