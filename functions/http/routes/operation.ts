import { addRoute, type Api } from '../api.ts';

const TEXT = { content: { 'text/plain': { schema: { type: 'string' } as const } } };

/** `/metrics`: for whoever keeps the service running. */
export function addMetricsRoute(api: Api): void {
  addRoute(
    api,
    {
      method: 'get',
      path: '/metrics',
      tags: ['operation'],
      summary: 'Metrics for Prometheus',
      description: 'What this process counts of itself. In workerd each isolate counts for itself.',
      responses: { 200: { description: 'The text format of Prometheus, 0.0.4.', ...TEXT } },
    },
    async (call) =>
      call.body(
        call.get('metrics').text({ runs: call.get('runs').running, ...call.get('settings').waiting?.() }),
        200,
        { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
      ),
    'admin',
  );
}
