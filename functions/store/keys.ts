/**
 * Names of objects. They are made of ids that the service gave, never of text that a user sent.
 *
 *     sys/tokens/<sha256>                       what is kept of a token
 *     t/<tenant>/traces/<id>/manifest.json
 *     t/<tenant>/traces/<id>/segments/<n>.<ending>
 *     t/<tenant>/uploads/<upload id>            bytes on their way; swept when abandoned
 *     t/<tenant>/uploads/<upload id>/...        an upload in parts: what was announced, and the parts that came
 *     t/<tenant>/audit/<time>-<request>.json    what was written, when, by which token
 */
export const KEYS = {
  tokens: 'sys/tokens/',
  token: (hash: string): string => `sys/tokens/${hash}`,
  audit: (tenant: string, time: string, request: string): string => `t/${tenant}/audit/${time}-${request}.json`,
  tenants: 't/',
  traces: (tenant: string): string => `t/${tenant}/traces/`,
  manifest: (tenant: string, id: string): string => `t/${tenant}/traces/${id}/manifest.json`,
  /** @param ending `scap.gz`, `scap`, `jsonl.gz` or `jsonl`: the bytes are kept as they came */
  segment: (tenant: string, id: string, n: number, ending: string): string =>
    `t/${tenant}/traces/${id}/segments/${n}.${ending}`,
  /** @param mark tells one try to write the segment from another */
  segmentPart: (tenant: string, id: string, mark: string, n: number): string =>
    `t/${tenant}/traces/${id}/segments/0.${mark}.${String(n).padStart(5, '0')}`,
  uploads: (tenant: string): string => `t/${tenant}/uploads/`,
  upload: (tenant: string, id: string): string => `t/${tenant}/uploads/${id}`,
  uploadRecord: (tenant: string, id: string): string => `t/${tenant}/uploads/${id}/announced.json`,
  uploadParts: (tenant: string, id: string): string => `t/${tenant}/uploads/${id}/parts/`,
} as const;

const TRACE_ID = /^[0-9a-f]{32}$/;

/** True for the shape of an id of a trace or an upload; anything else is not looked up. */
export function isTraceId(text: string): boolean {
  return TRACE_ID.test(text);
}
