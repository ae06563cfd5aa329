/**
 * A client of the service for programs, as `creance/client`: every route of the API with the types of what it takes and
 * answers, on Node, in browsers and in workers.
 */
export type * from './service-api.ts';
export { ServiceClient, ServiceError } from './service-client.ts';
export type { Answer, Asked, JsonRoute, Route } from './service-routes.ts';
export { waitForRun } from './wait-for-run.ts';
