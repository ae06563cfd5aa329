/** What is kept of a trace beside its bytes. Written once; `format` rises when the shape changes. */
export interface TraceManifest {
  readonly format: 1;
  readonly id: string;
  /** What the uploader called it; for people only. */
  readonly name: string;
  readonly sha256: string;
  /** Bytes as they were sent. */
  readonly size: number;
  readonly encoding: TraceEncoding;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly segments: readonly TraceSegment[];
}

/** A stretch of a trace that is a file of its own. */
export interface TraceSegment {
  readonly key: string;
  /** Further objects whose bytes follow those of the first: a file that was sent in parts stays in parts. */
  readonly more?: readonly string[];
  readonly size: number;
  readonly sha256: string;
  /** `evt.num` of its first event in the whole trace. */
  readonly firstEvent: number;
}

/** How the bytes are encoded, which is also how the name of their object ends. */
export type TraceEncoding = 'scap' | 'scap.gz' | 'jsonl' | 'jsonl.gz';
