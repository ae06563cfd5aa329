import { z } from '@hono/zod-openapi';
import { addRoute, type Api } from '../api.ts';
import { ScenarioLibrary, summary } from '../scenario-library.ts';
import { readScenario } from '../../../engine/scenario/read.ts';
import { REFUSALS, jsonContent } from '../schemas.ts';

const Scenario = z
  .object({
    name: z.string().openapi({ example: 'shell-spawned-in-nginx' }),
    story: z.string(),
    techniques: z.array(z.string()).openapi({ description: 'ATT&CK techniques.', example: ['T1059.004'] }),
    upstream: z.array(z.string()).openapi({ description: "Rules of Falco's own rule files that fire on it." }),
  })
  .openapi('Scenario');

/** `GET /v1/scenarios`: the scenarios that come with Creance. */
export function addScenarioRoutes(api: Api): void {
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/scenarios',
      tags: ['scenarios'],
      summary: 'List scenarios',
      responses: { 200: { description: 'All of them.', ...jsonContent(z.object({ scenarios: z.array(Scenario) })) } },
    },
    async (call) => call.json({ scenarios: await new ScenarioLibrary(call.get('settings').site).summaries() }),
  );
  addRoute(
    api,
    {
      method: 'get',
      path: '/v1/scenarios/{name}',
      tags: ['scenarios'],
      summary: 'Show a scenario with its text',
      request: {
        params: z.object({
          name: z.string().openapi({ description: 'As the list tells it; slashes may stand as they are.' }),
        }),
      },
      responses: {
        200: { description: 'The scenario.', ...jsonContent(Scenario.extend({ text: z.string() })) },
        ...REFUSALS,
      },
    },
    async (call) => {
      const name = call.req.param('name') ?? '';
      const source = await new ScenarioLibrary(call.get('settings').site).source(name);
      const { scenario } = readScenario(source);
      if (scenario === undefined) throw new Error(`the scenario ${name} of the library can't be read`);
      return call.json({ ...summary(name, scenario), text: source.text });
    },
  );
}
