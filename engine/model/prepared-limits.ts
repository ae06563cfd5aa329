/** Bounds of what is kept of traces that were read once; named by `limits.ts` with all others. */

/**
 * Memory that the prepared form of a trace takes while it is made, about: an isolate has 128 MB for that, for the state of
 * the trace and for the form itself. A busy million events take two thirds. A trace that takes more has no form.
 */
export const MAX_PREPARED_BYTES = 40 * 1024 * 1024;
/** Events of the shortest trace that is prepared; a shorter one is run in some milliseconds. */
export const MIN_PREPARED_EVENTS = 5_000;
/** Times that a tenant's prepared forms are widened by what rules ask and they lack; each makes them anew. */
export const MAX_PREPARED_WANTS = 32;
/** Prepared forms that one process holds at a time; another run that comes meanwhile reads its trace. */
export const MAX_PREPARED_OPEN = 2;
