import type { Api } from '../api.ts';
import { addCheckRoute } from './check.ts';
import { addDetectRoute } from './detect.ts';
import { addDescribeRoutes } from './describe.ts';
import { addDiffRoute } from './diff.ts';
import { addExamRoutes } from './exams.ts';
import { addExplainRoute } from './explain.ts';
import { addFilterRoute } from './filter.ts';
import { addOperationRoutes } from './operation.ts';
import { addPolicyRoutes } from './policy.ts';
import { addPracticeRoutes } from './practice.ts';
import { addRecordingRoutes } from './recordings.ts';
import { addRunResultRoutes } from './run-results.ts';
import { addRunRoutes } from './runs.ts';
import { addScenarioRoutes } from './scenarios.ts';
import { addSimulateRoute } from './simulate.ts';
import { addSuiteRoutes } from './suites.ts';
import { addTraceContentRoutes } from './trace-content.ts';
import { addTraceEventRoutes } from './trace-events.ts';
import { addTraceListRoutes } from './trace-list.ts';
import { addTraceRoutes } from './traces.ts';
import { addUploadRoutes } from './uploads.ts';
import { addTrendRoute } from './trends.ts';
import { addVerifyRoute } from './verify.ts';
import { addWebhookRoutes } from './webhooks.ts';

/** Adds every route of the API. */
export function addRoutes(api: Api): void {
  addDetectRoute(api);
  addCheckRoute(api);
  addExplainRoute(api);
  addFilterRoute(api);
  addVerifyRoute(api);
  addDiffRoute(api);
  addTraceRoutes(api);
  addTraceListRoutes(api);
  addTraceEventRoutes(api);
  addTraceContentRoutes(api);
  addPolicyRoutes(api);
  addUploadRoutes(api);
  addRecordingRoutes(api);
  // Before suites, whose names could hold slashes.
  addTrendRoute(api);
  addSuiteRoutes(api);
  addRunRoutes(api);
  addRunResultRoutes(api);
  addWebhookRoutes(api);
  addScenarioRoutes(api);
  addSimulateRoute(api);
  addPracticeRoutes(api);
  addExamRoutes(api);
  addDescribeRoutes(api);
  addOperationRoutes(api);
}
