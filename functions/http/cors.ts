import { cors } from 'hono/cors';
import type { MiddlewareHandler } from 'hono';
import { SettingsError } from '../store/s3-settings.ts';

/** How long a browser may remember what it was allowed, in seconds. */
const MAX_AGE_SECONDS = 600;

/**
 * The origins whose pages may use the API, of `CREANCE_ORIGINS`: `https://a.example, https://b.example`. None unless set;
 * throws SettingsError for what is no origin. There is no `*`: whoever has a token says which pages may carry it.
 */
export function originsOf(setting: string | undefined): readonly string[] {
  const origins = (setting ?? '').split(',').map((text) => text.trim());
  return origins
    .filter((text) => text !== '')
    .map((text) => {
      if (URL.canParse(text) && new URL(text).origin === text) return text;
      throw new SettingsError(`CREANCE_ORIGINS has '${text}', which is no origin such as https://console.example`);
    });
}

/** Lets pages of these origins use the API: CORS with tokens, never with cookies. */
export function allowingOrigins(origins: readonly string[]): MiddlewareHandler {
  return cors({
    origin: [...origins],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'Accept', 'Prefer', 'Idempotency-Key', 'X-Request-Id'],
    exposeHeaders: ['Location', 'Retry-After', 'X-Request-Id', 'Preference-Applied'],
    maxAge: MAX_AGE_SECONDS,
  });
}
