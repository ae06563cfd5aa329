import type { ContainerWatch } from './containers/watch.ts';
import type { LoaderOptions } from './loader-process.ts';
import type { MemoryCap } from './overload/memory-cap.ts';
import type { RecordingWatch } from './recording-watch.ts';
import type { Gap, Manifest } from './segments/manifest.ts';
import type { Target } from './segments/target.ts';
import type { Stats } from './stream/stats.ts';

/** How long and how large segments become. */
export interface SegmentLimits {
  /** Bytes before compression. */
  readonly bytes: number;
  readonly seconds: number;
}

/** What a recording needs. */
export interface RecordingOptions {
  readonly loader: LoaderOptions;
  readonly target: Target;
  readonly limits: SegmentLimits;
  /** Names of the syscalls that are recorded, for the manifest. */
  readonly syscalls: readonly string[];
  readonly containers?: ContainerWatch;
  /** Above it the stream is left alone. */
  readonly memory?: MemoryCap | undefined;
  /** Called for each segment that is whole on disk. */
  onSegment?(manifest: Manifest): void;
  /** Whoever is told of what is recorded. */
  readonly watches?: readonly RecordingWatch[];
  /** What the loader says on its standard error. */
  onMessage?(text: string): void;
}

/** What came of a recording. */
export interface Summary {
  readonly events: number;
  readonly segments: readonly Manifest[];
  readonly stats: Stats | undefined;
  readonly gaps: readonly Gap[];
}
