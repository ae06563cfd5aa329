import { z } from '@hono/zod-openapi';
import { refusedUrl } from '../../runs/public-address.ts';
import type { Webhook } from '../../runs/webhook.ts';
import { WebhookStore } from '../../runs/webhook-store.ts';
import { isName } from '../../store/keys.ts';
import { tenantOf, type Api, type Call } from '../api.ts';
import { routeGroup } from '../route-group.ts';
import { audited } from '../audited.ts';
import { unknownWebhook } from '../begin-run.ts';
import { readJson } from '../json-body.ts';
import { parse } from '../parse.ts';
import { Refusal } from '../problem.ts';
import { jsonContent } from '../schemas.ts';

/** Longer than any address that is in use, and a secret of more than 256 bits. */
const MAX_URL_CHARS = 2_048;
const [MIN_SECRET_CHARS, MAX_SECRET_CHARS] = [16, 512];
const MAX_BODY_BYTES = 16 * 1024;

const Name = z
  .string()
  .refine(isName, 'is no name: small letters, digits, dots, hyphens and underscores, at most 64')
  .openapi({ example: 'pager' });
const NewWebhook = z.strictObject({
  url: z.string().max(MAX_URL_CHARS).openapi({
    description: 'An https address in the public internet, unless the service is set up to allow others.',
    example: 'https://hooks.example.com/creance',
  }),
  format: z.enum(['run', 'falco']).default('run').openapi({
    description:
      '`run`: one message when the run ends. `falco`: each alert of a run of `/v1/detect`, as Falco sends them to `http_output`, for Falcosidekick and the like.',
  }),
  secret: z.string().min(MIN_SECRET_CHARS).max(MAX_SECRET_CHARS).optional().openapi({
    description: 'Messages are signed with it (`x-creance-signature`). It is never shown again.',
  }),
});
const WebhookAnswer = z
  .object({
    name: z.string(),
    origin: z.string().openapi({ description: 'Of the address; the rest of it may be a secret.' }),
    format: z.enum(['run', 'falco']),
    signed: z.boolean(),
  })
  .openapi('Webhook');
const params = z.object({ name: Name });
const EXAMPLE = { url: 'https://hooks.example.com/creance', secret: 'a long secret of your own' };

/** `/v1/webhooks`: who is told of runs. */
export function addWebhookRoutes(api: Api): void {
  const route = routeGroup(api, 'runs');
  route(
    'put',
    '/v1/webhooks/{name}',
    {
      summary: 'Keep a webhook',
      description:
        'Runs that name it under `deliver` tell it when they end. The signature is `t=SECONDS,v1=HEX`, where HEX is the HMAC-SHA256 of `SECONDS.BODY` with the secret: work it out again, and refuse SECONDS that are more than a few minutes old. A message that is not taken (no 2xx within 10 seconds) is sent up to 5 times, with the same `x-creance-delivery`.',
      request: { params, body: { required: true, ...jsonContent(NewWebhook, EXAMPLE) } },
      responses: { 200: { description: 'The webhook, without its secret.', ...jsonContent(WebhookAnswer) } },
    },
    put,
  );
  route(
    'get',
    '/v1/webhooks',
    {
      summary: 'List webhooks',
      responses: {
        200: { description: 'In the order of names.', ...jsonContent(z.object({ webhooks: z.array(WebhookAnswer) })) },
      },
    },
    list,
  );
  route(
    'delete',
    '/v1/webhooks/{name}',
    {
      summary: 'Forget a webhook',
      request: { params },
      responses: { 204: { description: 'It is gone, with its secret.' } },
    },
    remove,
  );
}

async function put(call: Call): Promise<Response> {
  const name = nameOf(call);
  const { url, format, secret } = await readJson(call.req.raw, NewWebhook, MAX_BODY_BYTES);
  const refused = refusedUrl(url, call.get('settings').allowsPrivateWebhooks === true);
  if (refused !== undefined) {
    throw new Refusal('INVALID_REQUEST', `/url: ${refused}`, { errors: [{ pointer: '/url', message: refused }] });
  }
  const webhook: Webhook = { url, format, ...(secret === undefined ? {} : { secret }) };
  await webhooksOf(call).put(name, webhook);
  await audited(call, 'webhook.put', name);
  return call.json(shown(name, webhook));
}

async function list(call: Call): Promise<Response> {
  const webhooks: object[] = [];
  for await (const name of webhooksOf(call).names()) {
    const webhook = await webhooksOf(call).find(name);
    if (webhook !== undefined) webhooks.push(shown(name, webhook));
  }
  return call.json({ webhooks });
}

async function remove(call: Call): Promise<Response> {
  const name = nameOf(call);
  if (!(await webhooksOf(call).remove(name))) throw unknownWebhook(name);
  await audited(call, 'webhook.delete', name);
  return new Response(null, { status: 204 });
}

function webhooksOf(call: Call): WebhookStore {
  return new WebhookStore(call.get('store')(), tenantOf(call));
}

function shown(name: string, { url, format, secret }: Webhook): object {
  return { name, origin: new URL(url).origin, format, signed: secret !== undefined };
}

function nameOf(call: Call): string {
  return parse(params, { name: call.req.param('name') ?? '' }).name;
}
