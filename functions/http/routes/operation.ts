import { addRoute, type Api } from '../api.ts';

const TEXT = { content: { 'text/plain': { schema: { type: 'string' } as const } } };

/** `/healthz`, `/readyz`, `/metrics`: for whoever keeps the service running. */
export function addOperationRoutes(api: Api): void {
  // Probes have no token, and tell nothing that a stranger could use.
  api.get('/healthz', (call) => call.text('ok\n'));
  api.get('/readyz', async (call) => {
    await call.get('store')().reachable();
    return call.text('ok\n');
  });
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
