import type { ConformanceSet } from './conformance-set.ts';
import { ALERTS } from './sets/alerts.ts';
import { CONDITIONS } from './sets/conditions.ts';
import { FIELDS } from './sets/fields.ts';
import { LOADER } from './sets/loader.ts';
import { OUTPUTS } from './sets/outputs.ts';
import { TECHNIQUE } from './sets/technique.ts';

/** All sets. Those with long units are begun first, so that all threads end at about the same time. */
export const SETS: readonly ConformanceSet[] = [CONDITIONS, FIELDS, ALERTS, TECHNIQUE, OUTPUTS, LOADER];
