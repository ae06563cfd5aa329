import type { Api } from '../api.ts';

/** Adds some routes. */
type Add = (api: Api) => void;

/**
 * The routes of the API, in the order of its document. Each file of them is loaded when one of its addresses is asked
 * for first: what starts anew for each visitor, as a worker does, must not build the schemas of all of them.
 */
const ROUTES = {
  detect: async () => (await import('./detect.ts')).addDetectRoute,
  check: async () => (await import('./check.ts')).addCheckRoute,
  explain: async () => (await import('./explain.ts')).addExplainRoute,
  filter: async () => (await import('./filter.ts')).addFilterRoute,
  verify: async () => (await import('./verify.ts')).addVerifyRoute,
  diff: async () => (await import('./diff.ts')).addDiffRoute,
  traces: async () => (await import('./traces.ts')).addTraceRoutes,
  traceList: async () => (await import('./trace-list.ts')).addTraceListRoutes,
  traceEvents: async () => (await import('./trace-events.ts')).addTraceEventRoutes,
  traceContent: async () => (await import('./trace-content.ts')).addTraceContentRoutes,
  policy: async () => (await import('./policy.ts')).addPolicyRoutes,
  uploads: async () => (await import('./uploads.ts')).addUploadRoutes,
  recordings: async () => (await import('./recordings.ts')).addRecordingRoutes,
  // Before suites, whose names could hold slashes.
  trends: async () => (await import('./trends.ts')).addTrendRoute,
  suites: async () => (await import('./suites.ts')).addSuiteRoutes,
  runs: async () => (await import('./runs.ts')).addRunRoutes,
  runResults: async () => (await import('./run-results.ts')).addRunResultRoutes,
  webhooks: async () => (await import('./webhooks.ts')).addWebhookRoutes,
  scenarios: async () => (await import('./scenarios.ts')).addScenarioRoutes,
  simulate: async () => (await import('./simulate.ts')).addSimulateRoute,
  practice: async () => (await import('./practice.ts')).addPracticeRoutes,
  exams: async () => (await import('./exams.ts')).addExamRoutes,
  describe: async () => (await import('./describe.ts')).addDescribeRoutes,
  metrics: async () => (await import('./operation.ts')).addMetricsRoute,
} satisfies Readonly<Record<string, () => Promise<Add>>>;

type Name = keyof typeof ROUTES;
const EVERY = Object.keys(ROUTES) as readonly Name[];

/** Files of routes by the word behind `/v1/`, where they are not the one of that name. */
const SHARED: Readonly<Record<string, readonly Name[]>> = {
  traces: ['traces', 'traceList', 'traceEvents', 'traceContent'],
  suites: ['trends', 'suites'],
  rulesets: ['suites'],
  runs: ['runs', 'runResults'],
  practice: ['practice', 'exams'],
  'openapi.json': EVERY,
};
const ALONE = new Set<string>(
  EVERY.filter((name) => !/[A-Z]/.test(name) && !['trends', 'exams', 'metrics'].includes(name)),
);

/** The group of routes that an address belongs to: a word that `routesOf` knows; undefined where there is none. */
export function groupOf(path: string): string | undefined {
  if (/^\/metrics\/?$/.test(path)) return 'metrics';
  const word = /^\/v1\/([a-z.]+)(?:\/|$)/.exec(path)?.[1];
  return word !== undefined && (Object.hasOwn(SHARED, word) || ALONE.has(word)) ? word : undefined;
}

/** Loads the routes of a group. */
export async function routesOf(group: string): Promise<readonly Add[]> {
  const names = SHARED[group] ?? [group as Name];
  return Promise.all(names.map((name) => ROUTES[name]()));
}
