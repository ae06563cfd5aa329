import { signal } from '@preact/signals';

const KEY = 'creance-token';

/** The token that requests carry; undefined where the service asks for none. Kept for this tab alone. */
export const token = signal<string | undefined>(sessionStorage.getItem(KEY) ?? undefined);
/** The service refused a request for want of a token. */
export const wantsToken = signal(false);

/** Takes a token for all requests from now on. */
export function useToken(value: string): void {
  token.value = value === '' ? undefined : value;
  sessionStorage.setItem(KEY, value);
  wantsToken.value = false;
}

/** The service refused a request; the message is for people. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** How a request is made. */
export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly json?: object;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** Asks the service. Throws Refused for a refusal. */
export async function ask(
  path: string,
  { method = 'GET', json, accept, signal: cancel }: Request = {},
): Promise<Response> {
  const headers: Record<string, string> = { ...authorization(), ...(accept !== undefined && { accept }) };
  if (json !== undefined) headers['content-type'] = 'application/json';
  const answer = await fetch(path, {
    method,
    headers,
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(cancel !== undefined && { signal: cancel }),
  }).catch((error: unknown) => {
    throw cancel?.aborted === true ? error : new Refused('OFFLINE', 'the service does not answer');
  });
  if (answer.ok) return answer;
  throw await refusalOf(answer);
}

/** Asks the service and reads its JSON. */
export async function askJson<Value>(path: string, request: Request = {}): Promise<Value> {
  return (await (await ask(path, request)).json()) as Value;
}

/** The header that carries the token. */
export function authorization(): Record<string, string> {
  return token.value === undefined ? {} : { authorization: `Bearer ${token.value}` };
}

async function refusalOf(answer: Response): Promise<Refused> {
  if (answer.status === 401) wantsToken.value = true;
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string; hint?: string };
  const words = [problem.detail ?? `the service answered ${answer.status}`, problem.hint].filter(
    (text) => text !== undefined,
  );
  return new Refused(problem.code ?? String(answer.status), words.join('; '));
}
