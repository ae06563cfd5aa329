import type { Policy, ServiceApi } from '../client/service-api.ts';
import { EXIT, UsageError, type Command, type Given, type Terminal } from './command.ts';
import { SERVER_FLAG, serviceOf } from './server-flag.ts';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

/** `creance policy show|set`. */
export const POLICY: Command = {
  name: 'policy',
  summary: 'how long a service keeps your traces, and how many',
  usage: 'show | set [--max-age DAYS] [--max-size SIZE] [--quota-size SIZE] [--quota-traces N]',
  about:
    'show tells the policy of the tenant that the token belongs to, and what it keeps now. set replaces it, and needs a token with the scope admin; what is not given is not bounded any more, and a quota is what the service has for everybody. Older traces, and the oldest beyond the size, are deleted when the service sweeps. A trace that the current version of a suite names is kept until the suite names it no more.',
  words: [1, 1],
  flags: [
    SERVER_FLAG,
    { name: 'max-age', value: 'DAYS', help: 'set: delete traces that are older, 90d' },
    { name: 'max-size', value: 'SIZE', help: 'set: delete the oldest until the others fit, 500GiB' },
    { name: 'quota-size', value: 'SIZE', help: 'set: take no more beyond it' },
    { name: 'quota-traces', value: 'N', help: 'set: take no more traces beyond it' },
  ],
  examples: [
    ['policy show', 'what holds, and what is kept'],
    ['policy set --max-age 90d --max-size 500GiB', 'three months, but no more than fits'],
  ],
  run,
};

async function run(given: Given, terminal: Terminal): Promise<number> {
  const [action] = given.words;
  if (action !== 'show' && action !== 'set') throw new UsageError(`policy ${action} is nothing: it is show, set`);
  const { ServiceError } = await import('../client/service-client.ts');
  const client = serviceOf(given, process.env);
  try {
    const policy =
      action === 'show'
        ? await client.call('GET /v1/policy')
        : await client.call('PUT /v1/policy', { body: policyFrom(given) });
    await terminal.write(given.has('json') ? `${JSON.stringify(policy)}\n` : await policyText(policy));
    return EXIT.YES;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    terminal.note(`creance policy: ${error.message}\n`);
    return error.code === undefined ? EXIT.UNREADABLE : EXIT.NO;
  }
}

function policyFrom(given: Given): ServiceApi['PUT /v1/policy']['request']['body'] {
  return {
    maxAgeDays: numberFrom(given, 'max-age', /^([1-9]\d{0,4})d?$/, '90d'),
    maxBytes: sizeFrom(given, 'max-size'),
    quotaBytes: sizeFrom(given, 'quota-size'),
    quotaTraces: numberFrom(given, 'quota-traces', /^([1-9]\d{0,8})$/, '10000'),
  };
}

function numberFrom(given: Given, flag: string, form: RegExp, example: string): number | undefined {
  const text = given.flag(flag);
  if (text === undefined) return undefined;
  const digits = form.exec(text)?.[1];
  if (digits === undefined) throw new UsageError(`--${flag} is a number such as ${example}, not '${text}'`);
  return Number(digits);
}

function sizeFrom(given: Given, flag: string): number | undefined {
  const text = given.flag(flag);
  if (text === undefined) return undefined;
  const [, digits, unit] = /^([1-9]\d{0,14})([KMGT]iB|)$/.exec(text) ?? [];
  if (digits === undefined) throw new UsageError(`--${flag} is a size such as 500GiB or 1073741824, not '${text}'`);
  return Number(digits) * (UNITS[unit as string] as number);
}

async function policyText({ maxAgeDays, maxBytes, quotaBytes, quotaTraces, usage }: Policy): Promise<string> {
  const { countText, sizeText } = await import('./trace/words.ts');
  const lines = [
    `kept now    ${countText(usage.traces)} traces, ${sizeText(usage.bytes)}`,
    `deleted     ${
      maxAgeDays === undefined && maxBytes === undefined
        ? 'never'
        : [
            ...(maxAgeDays === undefined ? [] : [`after ${maxAgeDays} days`]),
            ...(maxBytes === undefined ? [] : [`the oldest beyond ${sizeText(maxBytes)}`]),
          ].join(', ')
    }`,
    `at most     ${quotaTraces === undefined ? 'the usual number of' : countText(quotaTraces)} traces, ${quotaBytes === undefined ? 'the usual size' : sizeText(quotaBytes)}`,
  ];
  return `${lines.join('\n')}\n`;
}
