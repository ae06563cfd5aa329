/**
 * Names of objects. They are made of ids that the service gave, never of text that a user sent.
 *
 *     sys/tokens/<sha256>                       what is kept of a token
 *     t/<tenant>/traces/<id>/manifest.json
 *     t/<tenant>/traces/<id>/segments/<n>.<ending>
 *     t/<tenant>/traces/<id>/recording.json     a recording that is sent in segments: what was told when it began
 *     t/<tenant>/traces/<id>/kept/<n>.json      a segment of it that is kept
 *     t/<tenant>/traces/<id>/facts/<n>.json     what a segment of a trace holds
 *     t/<tenant>/traces/<id>/index.json         what the trace holds
 *     t/<tenant>/traces/<id>/prepared/<version>/<n>.<form or none>   the trace prepared, or why it is not
 *     t/<tenant>/wants/<sha256>.json            what rules asked of prepared traces beside the usual
 *     t/<tenant>/catalogue/<day>/<time>-<id>/<version>.json   what lists show of a trace
 *     t/<tenant>/digests/<day>/<hash>.json      many of those in one
 *     t/<tenant>/policy/<version>.json          how long traces are kept, and how many
 *     t/<tenant>/uploads/<upload id>            bytes on their way; swept when abandoned
 *     t/<tenant>/uploads/<upload id>/...        an upload in parts: what was announced, and the parts that came
 *     t/<tenant>/rulesets/<sha256>              rule files by their content
 *     t/<tenant>/names/<name>/<version>.json    which of them a name stands for
 *     t/<tenant>/suites/<name>/<version>.json   test files, scenarios and which traces they run over
 *     t/<tenant>/runs/<id>/...                  what a run does and came to (`functions/runs/README.md`)
 *     t/<tenant>/going/<run id>                 runs that are to be looked after
 *     t/<tenant>/trends/<suite>/...             runs of a suite that are done; the names tell the counts
 *     t/<tenant>/webhooks/<name>/<version>.json who is told of runs
 *     t/<tenant>/idempotency/<sha256>.json      answers to writes that may be asked for again
 *     t/<tenant>/baselines/<suite>/<n>.json     runs that were accepted
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
  segmentPart: (tenant: string, id: string, segment: number, mark: string, n: number): string =>
    `t/${tenant}/traces/${id}/segments/${segment}.${mark}.${padded(n)}`,
  recording: (tenant: string, id: string): string => `t/${tenant}/traces/${id}/recording.json`,
  keptSegments: (tenant: string, id: string): string => `t/${tenant}/traces/${id}/kept/`,
  keptSegment: (tenant: string, id: string, sequence: number): string =>
    `t/${tenant}/traces/${id}/kept/${padded(sequence)}.json`,
  segmentFacts: (tenant: string, id: string): string => `t/${tenant}/traces/${id}/facts/`,
  segmentFact: (tenant: string, id: string, sequence: number): string =>
    `t/${tenant}/traces/${id}/facts/${padded(sequence)}.json`,
  index: (tenant: string, id: string): string => `t/${tenant}/traces/${id}/index.json`,
  prepared: (tenant: string, id: string): string => `t/${tenant}/traces/${id}/prepared/`,
  /** Forms of one engine. */
  preparedBy: (tenant: string, id: string, engine: string): string => `t/${tenant}/traces/${id}/prepared/${engine}/`,
  /**
   * @param wants how often the tenant's forms were widened by then
   * @param ending `form`, or `none` for why there is none
   */
  preparedForm: (tenant: string, id: string, engine: string, wants: number, ending: 'form' | 'none'): string =>
    `t/${tenant}/traces/${id}/prepared/${engine}/${padded(wants)}.${ending}`,
  wants: (tenant: string): string => `t/${tenant}/wants/`,
  want: (tenant: string, sha256: string): string => `t/${tenant}/wants/${sha256}.json`,
  catalogue: (tenant: string): string => `t/${tenant}/catalogue/`,
  catalogueDay: (tenant: string, day: string): string => `t/${tenant}/catalogue/${day}/`,
  catalogueEntry: (tenant: string, day: string, place: string): string => `t/${tenant}/catalogue/${day}/${place}/`,
  digests: (tenant: string): string => `t/${tenant}/digests/`,
  digest: (tenant: string, day: string, hash: string): string => `t/${tenant}/digests/${day}/${hash}.json`,
  policy: (tenant: string): string => `t/${tenant}/policy/`,
  ruleSet: (tenant: string, sha256: string): string => `t/${tenant}/rulesets/${sha256}`,
  /** Versions of what a name stands for. */
  ruleSetName: (tenant: string, name: string): string => `t/${tenant}/names/${name}/`,
  ruleSetNames: (tenant: string): string => `t/${tenant}/names/`,
  suites: (tenant: string): string => `t/${tenant}/suites/`,
  suite: (tenant: string, name: string): string => `t/${tenant}/suites/${name}/`,
  baseline: (tenant: string, suite: string): string => `t/${tenant}/baselines/${suite}/`,
  runs: (tenant: string): string => `t/${tenant}/runs/`,
  run: (tenant: string, id: string, name: string): string => `t/${tenant}/runs/${id}/${name}`,
  going: (tenant: string, id: string): string => `t/${tenant}/going/${id}`,
  trends: (tenant: string, suite: string): string => `t/${tenant}/trends/${suite}/`,
  webhooks: (tenant: string): string => `t/${tenant}/webhooks/`,
  webhook: (tenant: string, name: string): string => `t/${tenant}/webhooks/${name}/`,
  idempotency: (tenant: string): string => `t/${tenant}/idempotency/`,
  uploads: (tenant: string): string => `t/${tenant}/uploads/`,
  upload: (tenant: string, id: string): string => `t/${tenant}/uploads/${id}`,
  uploadRecord: (tenant: string, id: string): string => `t/${tenant}/uploads/${id}/announced.json`,
  uploadParts: (tenant: string, id: string): string => `t/${tenant}/uploads/${id}/parts/`,
} as const;

/** Numbers in names, so that a listing has them in order. */
function padded(n: number): string {
  return String(n).padStart(5, '0');
}

const TRACE_ID = /^[0-9a-f]{32}$/;

/** True for what a user may call a suite or a rule set: it becomes part of names of objects. */
export function isName(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/.test(text) && !text.includes('..');
}

/** True for the shape of an id of a trace or an upload; anything else is not looked up. */
export function isTraceId(text: string): boolean {
  return TRACE_ID.test(text);
}
