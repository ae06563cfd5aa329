/**
 * Names of objects. They are made of ids that the service gave, never of text that a user sent.
 *
 *     sys/tokens/<sha256>                       what is kept of a token
 *     t/<tenant>/traces/<id>/manifest.json
 *     t/<tenant>/traces/<id>/segments/<n>.<ending>
 *     t/<tenant>/uploads/<upload id>            bytes on their way; swept when abandoned
 *     t/<tenant>/audit/<time>-<request>.json    what was written, when, by which token
 */
export const KEYS = {
  tokens: 'sys/tokens/',
  token: (hash: string): string => `sys/tokens/${hash}`,
  audit: (tenant: string, time: string, request: string): string => `t/${tenant}/audit/${time}-${request}.json`,
  traces: (tenant: string): string => `t/${tenant}/traces/`,
  manifest: (tenant: string, id: string): string => `t/${tenant}/traces/${id}/manifest.json`,
  /** @param ending `scap.gz`, `scap`, `jsonl.gz` or `jsonl`: the bytes are kept as they came */
  segment: (tenant: string, id: string, n: number, ending: string): string =>
    `t/${tenant}/traces/${id}/segments/${n}.${ending}`,
  upload: (tenant: string, id: string): string => `t/${tenant}/uploads/${id}`,
} as const;

const TRACE_ID = /^[0-9a-f]{32}$/;

/** True for the shape of a trace's id; anything else is not looked up. */
export function isTraceId(text: string): boolean {
  return TRACE_ID.test(text);
}
