import type { ConformanceData } from './conformance-data.ts';
import type { Tally } from './tally.ts';

/** Answers of the real Falco of one kind, and how Creance's are held against them. */
export interface ConformanceSet {
  readonly name: string;
  /** What one case is. */
  readonly cases: string;
  /** Parts that can be compared each alone, the long ones first. */
  units(data: ConformanceData): Promise<readonly string[]>;
  /** Compares one of them. */
  compare(data: ConformanceData, unit: string, tally: Tally): Promise<void>;
}
