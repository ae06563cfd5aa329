import type { ServiceApi } from './service-api.ts';
import {
  requestFor,
  type Answer,
  type AnyRequest,
  type Asked,
  type Given,
  type JsonRoute,
  type Route,
} from './service-routes.ts';

/** What a service answered with a problem, or that it did not answer; the message is for people. */
export class ServiceError extends Error {
  /** The problem's stable code; undefined where nothing of the service answered. */
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(message: string, code?: string, body: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.body = body;
  }
}

/** How often a request is made at most, and how long is waited before the second time, in milliseconds. */
const MOST_TRIES = 5;
const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 10_000;
/** The longest wait that a service may ask for: a minute, in which rate limits count. */
const MAX_ASKED_WAIT_MS = 60_000;

/**
 * Talks to a service, in the types of its API. What fails for a reason that passes (no connection, 429, 5xx) is tried again, a few times, after a
 * while that doubles and is partly chance, so that a thousand nodes do not come back at once.
 */
export class ServiceClient {
  readonly #url: URL;
  readonly #token: string | undefined;
  readonly #wait: (ms: number) => Promise<void>;
  readonly #signal: AbortSignal | undefined;

  /**
   * @param url where the service is, such as `https://creance.example`
   * @param wait what waits; tests do not
   * @param signal ends what is being asked
   */
  constructor(
    url: URL,
    token: string | undefined,
    wait: (ms: number) => Promise<void> = sleep,
    signal: AbortSignal | undefined = undefined,
  ) {
    this.#url = url;
    this.#token = token;
    this.#wait = wait;
    this.#signal = signal;
  }

  /**
   * Asks a route and gives the JSON that it answers; throws ServiceError for everything else. Numbers are JavaScript's:
   * those beyond 2^53, such as times in nanoseconds, lose their last digits; `open` gives the text.
   */
  async call<R extends JsonRoute>(route: R, ...[asked]: Given<Asked<R>>): Promise<Answer<R>> {
    const answer = await this.#ask(route, { accept: 'application/json', ...asked });
    const text = await answer.text();
    return (text === '' ? undefined : JSON.parse(text)) as Answer<R>;
  }

  /** Asks a route and gives its answer, whose body is still to be read; throws ServiceError where it is a problem. */
  open<R extends Route>(
    route: R,
    ...[asked]: Given<Asked<R> & { readonly accept?: ServiceApi[R]['accept'] }>
  ): Promise<Response> {
    return this.#ask(route, asked ?? {});
  }

  async #ask(route: Route, asked: AnyRequest): Promise<Response> {
    const { url, init } = requestFor(route, asked, this.#url);
    if (this.#token !== undefined) init.headers.set('authorization', `Bearer ${this.#token}`);
    const answer = await this.send(url, init);
    if (answer.ok) return answer;
    throw await problemOf(answer);
  }

  /** A request to any address, such as one that the service signed, tried again where that makes sense. */
  async send(url: URL | string, init: RequestInit): Promise<Response> {
    for (let tries = 1; ; tries++) {
      const last = tries === MOST_TRIES;
      try {
        const answer = await fetch(url, { ...init, ...(this.#signal === undefined ? {} : { signal: this.#signal }) });
        if (last || !(answer.status === 429 || answer.status >= 500)) return answer;
        const asked = 1_000 * Number(answer.headers.get('retry-after') ?? 0);
        // What will last is told, not waited for: a tenant that is full stays so for an hour.
        if (asked > MAX_ASKED_WAIT_MS) return answer;
        await answer.body?.cancel();
        await this.#wait(Math.max(pauseBefore(tries), asked));
      } catch (error) {
        if (last || this.#signal?.aborted === true) throw unreachable(new URL(url), error);
        await this.#wait(pauseBefore(tries));
      }
    }
  }
}

function pauseBefore(tries: number): number {
  return Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function unreachable({ origin }: URL, error: unknown): ServiceError {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return new ServiceError(
    `${origin} does not answer: ${cause?.code ?? cause?.message ?? message}`,
    undefined,
    {},
    error,
  );
}

async function problemOf(answer: Response): Promise<ServiceError> {
  const text = await answer.text();
  try {
    const body = JSON.parse(text) as { code?: string; detail?: string; hint?: string };
    if (typeof body.code === 'string') {
      const hint = body.hint === undefined ? '' : `; ${body.hint}`;
      return new ServiceError(`${body.detail ?? body.code}${hint} [${body.code}]`, body.code, body as never);
    }
  } catch {
    // Something between us and the service answered in its own words.
  }
  return new ServiceError(`the service answered ${answer.status}: ${text.slice(0, 200)}`);
}
