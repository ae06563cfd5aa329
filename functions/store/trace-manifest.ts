/**
 * What is kept of a trace beside its bytes. Written once; `format` rises when the shape changes. Of a recording that is
 * still open it is made of what came so far, each time anew.
 */
export interface TraceManifest {
  readonly format: 1;
  readonly id: string;
  /** What the uploader called it; for people only. */
  readonly name: string;
  /** Of the bytes as they were sent; of a recording, of the hashes of its segments (`hashOfSegments`). */
  readonly sha256: string;
  /** Bytes as they were sent. */
  readonly size: number;
  readonly encoding: TraceEncoding;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly segments: readonly TraceSegment[];
  /** Of a recording: whether segments may still come, and the numbers of those that never will. */
  readonly recording?: { readonly open: boolean; readonly lost: readonly number[] };
}

/** A stretch of a trace that is a file of its own, with a snapshot of its own. */
export interface TraceSegment {
  readonly key: string;
  /** Further objects whose bytes follow those of the first: a file that was sent in parts stays in parts. */
  readonly more?: readonly string[];
  readonly size: number;
  readonly sha256: string;
  /** Its number within the recording, from 1; 1 where the trace is one file. */
  readonly sequence: number;
}

/** How the bytes are encoded, which is also how the name of their object ends. */
export type TraceEncoding = 'scap' | 'scap.gz' | 'jsonl' | 'jsonl.gz';
