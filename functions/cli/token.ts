import { SCOPES, type Scope } from '../store/scope.ts';
import type { TokenRecord } from '../store/token.ts';
import type { TokenStore } from '../store/token-store.ts';
import { EXIT, UsageError, type Command, type Given, type Terminal } from './command.ts';

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };
/** A tenant's name becomes part of the names of objects. */
const TENANT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const ACTIONS = ['create', 'list', 'revoke'] as const;

/** `creance token create|list|revoke`: for whoever may write to the bucket of a service. */
export const TOKEN: Command = {
  name: 'token',
  summary: 'make, list and revoke the tokens of a service',
  usage: 'create --tenant NAME --scope SCOPE | list | revoke ID',
  about:
    'Tokens let callers into a service that runs with CREANCE_ACCESS=tokens. They are kept in its store as hashes: a token is shown once, when it is made. Works on the store itself, with the S3_* variables of the service or its directory, so whoever may write there is the administrator. Scopes: agent uploads and nothing else, read runs and looks, write also keeps and deletes, admin also sees what the whole service does. A revoked token is refused within half a minute.',
  words: [1, 2],
  flags: [
    { name: 'tenant', value: 'NAME', help: 'whose data the token is for: small letters, digits and hyphens' },
    { name: 'scope', value: 'SCOPE', multiple: true, choices: SCOPES, help: 'what it allows' },
    { name: 'name', value: 'TEXT', help: 'what it is for, to know it again' },
    { name: 'expires', value: 'TIME', help: 'how long it works: 12h, 90d; without it until it is revoked' },
    { name: 'directory', value: 'DIR', help: 'where the embedded store keeps its objects, .creance unless given' },
  ],
  examples: [
    ['token create --tenant acme --scope agent --name "nodes of cluster 7" --expires 90d', 'for recorders'],
    ['token list', 'all of them, without the secret'],
    ['token revoke 3f9a1c22b0de', 'by its id'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [action = '', id] = given.words;
  if (!ACTIONS.some((known) => known === action)) {
    throw new UsageError(`token ${action} is nothing: it is ${ACTIONS.join(', ')}`);
  }
  const { LockedError } = await import('../store/persistence-lock.ts');
  const { SettingsError } = await import('../store/s3-settings.ts');
  const { StoreUnavailable } = await import('../store/object-store.ts');
  const { withStore } = await import('./open-store.ts');
  const store = await import('../store/token-store.ts');
  const work =
    action === 'create' ? create(given, terminal) : action === 'revoke' ? revoke(id, terminal) : list(given, terminal);
  try {
    return await withStore(given.flag('directory'), process.env, (objects) => work(new store.TokenStore(objects)));
  } catch (error) {
    if (error instanceof LockedError || error instanceof SettingsError || error instanceof StoreUnavailable) {
      terminal.note(`creance token: ${error.message}\n`);
      return EXIT.UNREADABLE;
    }
    throw error;
  }
}

type Work = (tokens: TokenStore) => Promise<number>;

function create(given: Given, terminal: Terminal): Work {
  const tenant = given.flag('tenant');
  if (tenant === undefined || !TENANT.test(tenant)) {
    throw new UsageError('--tenant NAME is needed: small letters, digits and hyphens, at most 63');
  }
  const scopes = given.flags('scope') as readonly Scope[];
  if (scopes.length === 0) throw new UsageError(`--scope is needed: ${SCOPES.join(', ')}`);
  const now = Date.now();
  const expires = expiryOf(given.flag('expires'), now);
  return async (tokens) => {
    const { token, record } = await tokens.create({
      name: given.flag('name') ?? '',
      tenant,
      scopes,
      createdAt: new Date(now).toISOString(),
      ...(expires === undefined ? {} : { expiresAt: expires }),
    });
    if (given.has('json')) await terminal.write(`${JSON.stringify({ token, ...record })}\n`);
    else {
      await terminal.write(`${token}\n`);
      terminal.note(`token ${record.id} of ${tenant} (${scopes.join(', ')}); it is not shown again\n`);
    }
    return EXIT.YES;
  };
}

function expiryOf(text: string | undefined, now: number): string | undefined {
  if (text === undefined) return undefined;
  const parts = /^(\d{1,5})([hd])$/.exec(text);
  if (parts === null) throw new UsageError(`--expires is a number of hours or days, as 12h or 90d, not '${text}'`);
  return new Date(now + Number(parts[1]) * (UNIT_MS[parts[2] as string] as number)).toISOString();
}

function list(given: Given, terminal: Terminal): Work {
  return async (tokens) => {
    for await (const record of tokens.list()) {
      await terminal.write(`${given.has('json') ? JSON.stringify(record) : line(record)}\n`);
    }
    return EXIT.YES;
  };
}

function line({ id, tenant, scopes, name, createdAt, expiresAt }: TokenRecord): string {
  const until = expiresAt === undefined ? '' : `, until ${expiresAt.slice(0, 10)}`;
  return `${id}  ${tenant.padEnd(12)}  ${scopes.join(', ').padEnd(12)}  since ${createdAt.slice(0, 10)}${until}  ${name}`.trimEnd();
}

function revoke(id: string | undefined, terminal: Terminal): Work {
  if (id === undefined || !/^[0-9a-f]{12,64}$/.test(id)) {
    throw new UsageError('token revoke ID: the id is twelve hexadecimal digits, as token list shows it');
  }
  return async (tokens) => {
    const gone = await tokens.revoke(id);
    if (gone.length === 0) {
      terminal.note(`creance token: there is no token ${id}\n`);
      return EXIT.NO;
    }
    for (const record of gone) await terminal.write(`revoked ${line(record)}\n`);
    return EXIT.YES;
  };
}
