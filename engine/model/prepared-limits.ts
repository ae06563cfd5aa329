/** Bounds of what is kept of traces that were read once; named by `limits.ts` with all others. */

/**
 * Memory that the prepared form of a trace takes while it is made, about: an isolate has 128 MB for that, for the state of
 * the trace and for the form itself. A busy million events take two thirds. A trace that takes more has no form.
 */
export const MAX_PREPARED_BYTES = 40 * 1024 * 1024;
/** Bytes, as sent, of the smallest trace that is prepared; a smaller one is run in some milliseconds. */
export const MIN_PREPARED_TRACE_BYTES = 128 * 1024;
/** Times that a tenant's prepared forms are widened by what rules ask and they lack; each makes them anew. */
export const MAX_PREPARED_WANTS = 32;
/** Fields and event types by which one rule set may widen them. */
export const MAX_PREPARED_WANT = 500;
/** Bytes of prepared forms that one process holds open at a time; a run that finds no room reads its trace. */
export const MAX_PREPARED_OPEN_BYTES = 48 * 1024 * 1024;
