/** One line of the log: a request that was answered. It has no body, no query and no secret. */
export interface RequestLine {
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly request: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Until the answer began; a streamed answer goes on after it. */
  readonly ms: number;
  readonly tenant: string | undefined;
  readonly token: string | undefined;
}

/** Longest path that is logged. */
const MAX_PATH_CHARS = 200;

/** The id of a request: the caller's own if it is one that can stand in a log, else a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id');
  return given !== null && /^[A-Za-z0-9_.-]{8,64}$/.test(given) ? given : crypto.randomUUID();
}

/** A path as the log shows it. */
export function loggedPath(path: string): string {
  return path.length > MAX_PATH_CHARS ? `${path.slice(0, MAX_PATH_CHARS)}...` : path;
}
