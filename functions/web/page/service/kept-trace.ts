/** A trace that the service keeps. */
export interface KeptTrace {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly encoding: string;
  readonly createdAt: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'open' | 'pending' | 'indexed' | 'unreadable';
  readonly reason?: string;
  readonly summary?: {
    readonly events: number;
    readonly hosts: readonly string[];
    readonly images: readonly string[];
    readonly containers: number;
    readonly gaps: number;
  };
  readonly recording?: { readonly open: boolean; readonly segments: number; readonly lost: number };
}

/** A page of them. */
export interface TracePage {
  readonly traces: readonly KeptTrace[];
  readonly next?: string;
}
