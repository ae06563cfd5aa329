import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { diagnosticJson } from './diagnostic-json.ts';
import { PROBLEMS, type ProblemCode } from './problem-codes.ts';

/** What a refusal tells besides its code. */
export interface ProblemDetails {
  /** What to do about it. */
  readonly hint?: string;
  /** What is wrong in rules, scenarios, traces and conditions, with places. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Fields of the request that don't fit; `pointer` is a JSON pointer (RFC 6901) or the name of a part. */
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  /** Further members of the answer. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The request is refused: thrown anywhere below a route, answered as problem+json (RFC 9457). Never used for what a
 * verb says about its input; that comes as diagnostics.
 */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, message: string, details: ProblemDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** A problem as JSON text, for an answer of its own or for the end of a stream that broke. */
export function problemJson({ code, message, details }: Refusal): string {
  const { status, title } = PROBLEMS[code];
  const { hint, errors, diagnostics, extra } = details;
  return JSON.stringify({
    type: `/docs#${code}`,
    title,
    status,
    code,
    detail: message,
    hint,
    errors,
    diagnostics: diagnostics?.map(diagnosticJson),
    ...extra,
  });
}

/** The answer to a refused request. */
export function problemResponse(refusal: Refusal): Response {
  return new Response(`${problemJson(refusal)}\n`, {
    status: PROBLEMS[refusal.code].status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...refusal.details.headers },
  });
}
