/**
 * How much of an event type a consumer wants. A reader takes a table of these, indexed by event type of today, and
 * saves itself the rest; `evt.num` counts all the same, and upgrades of old captures aren't affected.
 */
export const WANT = {
  /** Not delivered, only counted. */
  NOTHING: 0,
  /** Delivered with number, time, thread, cpu and type; `paramCount` is 0. */
  HEAD: 1,
  /** Delivered whole. */
  ALL: 2,
} as const;
