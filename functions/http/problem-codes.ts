/** Every refusal of the service: its stable code, its HTTP status, and what it means. The API's pages show this table. */
export const PROBLEMS = {
  MALFORMED_JSON: { status: 400, title: 'The body is not JSON' },
  MALFORMED_MULTIPART: { status: 400, title: 'The body is not the multipart form it says it is' },
  MALFORMED_TEXT: { status: 400, title: 'A text is not UTF-8' },
  INTERRUPTED: { status: 400, title: 'The body ended before it was complete' },
  ACCESS_NOT_CONFIGURED: { status: 503, title: 'The service was started without saying who may use it' },
  UNAUTHORIZED: { status: 401, title: 'There is no valid token in the request' },
  NOT_ALLOWED: { status: 403, title: 'The token does not allow this' },
  FOREIGN_HOST: { status: 403, title: 'The Host header names another host than this one' },
  FOREIGN_ORIGIN: { status: 403, title: 'The request was made by a page of another origin' },
  NOT_FOUND: { status: 404, title: 'There is nothing at this address' },
  UNKNOWN_SCENARIO: { status: 404, title: 'There is no scenario of this name' },
  UNKNOWN_TRACE: { status: 404, title: 'There is no trace of this id' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The address does not take this method' },
  REQUEST_TOO_LARGE: { status: 413, title: 'The body, or a part of it, is larger than allowed' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body is of a type that is not taken here' },
  INVALID_REQUEST: { status: 422, title: 'The request does not have the shape that is asked for' },
  CONFIG_REFUSED: { status: 422, title: 'The configuration has errors' },
  RULES_REFUSED: { status: 422, title: 'The rules have errors' },
  SCENARIO_REFUSED: { status: 422, title: 'The scenario has errors' },
  CONDITION_REFUSED: { status: 422, title: 'The condition has errors' },
  TRACE_REFUSED: { status: 422, title: 'The trace cannot be read' },
  ANSWER_TOO_LARGE: { status: 413, title: 'The answer is larger than allowed' },
  TOO_MANY_RUNS: { status: 429, title: 'Too many runs are going on' },
  TOO_MANY_REQUESTS: { status: 429, title: 'The token made too many requests in a short time' },
  INTERNAL: { status: 500, title: 'The service failed; this is a defect of Creance' },
  STORE_UNAVAILABLE: { status: 503, title: 'The object store does not answer' },
} as const;

/** A refusal's stable code. */
export type ProblemCode = keyof typeof PROBLEMS;
