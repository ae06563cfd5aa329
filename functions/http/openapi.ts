import { CREANCE_VERSION } from '../version.ts';
import type { Api } from './api.ts';
import { PROBLEMS } from './problem-codes.ts';

/** Serves the OpenAPI document of every route that was added. */
export function serveOpenApi(api: Api): void {
  api.get('/v1/openapi.json', (call) => call.json(openApiOf(api)));
}

function openApiOf(api: Api): object {
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: SCOPES_TOLD,
  });
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Creance', version: CREANCE_VERSION, description: DESCRIPTION, license: { name: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    tags: [
      { name: 'rules', description: 'Run and check rule files.' },
      { name: 'traces', description: 'Recordings of system calls, kept in S3.' },
      { name: 'uploads', description: 'Large recordings, sent in parts straight to S3.' },
      { name: 'recordings', description: 'Long recordings, sent in segments while they go on.' },
      { name: 'runs', description: 'Suites of tests, kept in versions and run in the background.' },
      { name: 'scenarios', description: 'Attacks as stories, played into events without a kernel.' },
      { name: 'practice', description: 'Tasks for learners of rules, graded by what rules do.' },
      { name: 'operation', description: 'For whoever keeps the service running.' },
      { name: 'language', description: 'What conditions and outputs may say.' },
    ],
  });
}

const SCOPES_TOLD = `A token, where the service asks for one (\`creance token create\` makes it). The scope that a route
needs stands beside it: \`agent\` uploads and nothing else, \`read\` runs and looks, \`write\` also keeps and deletes,
\`admin\` also sees what the whole service does.`;

const DESCRIPTION = `Runs Falco rules over attack scenarios and recorded traces of system calls, without a kernel, and answers
the alerts that Falco 0.44.1 would raise.

Numbers are exact: where the schema says \`int64\`, all digits are printed, also beyond 2^53. Read them with a parser
that keeps them.

Every refusal is \`application/problem+json\` (RFC 9457) with a stable \`code\`.

${Object.entries(PROBLEMS)
  .map(([code, { status, title }]) => `- \`${code}\` (${status}): ${title}.`)
  .join('\n')}
`;
