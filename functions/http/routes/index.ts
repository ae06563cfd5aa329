import type { Api } from '../api.ts';
import { addTraceRoutes } from './traces.ts';

/** Adds every route of the API. */
export function addRoutes(api: Api): void {
  addTraceRoutes(api);
}
