import { accessOf } from './http/access.ts';
import { createApp } from './http/app.ts';
import { contentTypeOf, type Site } from './http/site.ts';
import { ObjectStore } from './store/object-store.ts';
import { SettingsError, s3SettingsOf } from './store/s3-settings.ts';

/** What the worker is given: see `infra/wrangler.jsonc`. */
interface Environment {
  readonly SITE: { fetch(request: Request): Promise<Response> };
  /** `CREANCE_ACCESS` and `S3_*`. */
  readonly [variable: string]: unknown;
}

let app: ReturnType<typeof createApp> | undefined;

/** The service in workerd. */
export default {
  fetch(request: Request, env: Environment): Response | Promise<Response> {
    app ??= appOf(env);
    return app.fetch(request);
  },
};

function appOf(env: Environment): ReturnType<typeof createApp> {
  const variables = Object.fromEntries(Object.entries(env).filter(([, value]) => typeof value === 'string'));
  const settings = s3SettingsOf(variables as Record<string, string>);
  return createApp({
    access: accessOf(variables['CREANCE_ACCESS'] as string | undefined),
    site: siteOf(env.SITE),
    openStore: () => {
      if (settings === undefined) throw new SettingsError('no store is set: S3_BUCKET and its companions are missing');
      return new ObjectStore(settings);
    },
    now: () => Date.now(),
  });
}

function siteOf(assets: Environment['SITE']): Site {
  return {
    async file(path) {
      const answer = await assets.fetch(new Request(new URL(path, 'http://site')));
      if (answer.status === 200 && answer.body !== null) return { body: answer.body, contentType: contentTypeOf(path) };
      await answer.body?.cancel();
      return undefined;
    },
  };
}
