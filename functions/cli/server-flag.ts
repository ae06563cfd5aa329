import { ServiceClient } from '../client/service-client.ts';
import { UsageError, type Flag, type Given } from './command.ts';

const DEFAULT_SERVER = 'http://127.0.0.1:8787';

/** Which service a command talks to. */
export const SERVER_FLAG: Flag = {
  name: 'server',
  value: 'URL',
  help: `the service, ${DEFAULT_SERVER} unless given here or in CREANCE_SERVER; its token is taken from CREANCE_TOKEN`,
};

/** A client of the service that a command names; `signal` ends what is being asked. */
export function serviceOf(
  given: Given,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): ServiceClient {
  const text = given.flag('server') ?? (env['CREANCE_SERVER'] || DEFAULT_SERVER);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`the server is an address such as https://creance.example, not '${text}'`);
  }
  const token = env['CREANCE_TOKEN'];
  return new ServiceClient(url, token === '' ? undefined : token, undefined, signal);
}
