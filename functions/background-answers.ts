import { createApp } from './http/app.ts';
import type { Settings } from './http/settings.ts';
import type { RunMeans } from './runs/shard-runner.ts';

/** Answers requests in the background as the service does: the same app, on behalf of the tenant whose run it is. */
export function backgroundAnswers(settings: Pick<Settings, 'site' | 'openStore' | 'now'>): RunMeans['answer'] {
  return async (tenant, request) => {
    const app = createApp({
      ...settings,
      isBackground: true,
      access: { guard() {}, admit: async () => ({ tenant, scopes: ['read'], token: undefined }) },
      dispatch: async () => {},
    });
    return app.fetch(request);
  };
}
