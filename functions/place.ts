import { SettingsError } from './store/s3-settings.ts';

/** Where the service listens unless it is told otherwise. */
export const DEFAULT_PORT = 8787;
/** Where the embedded store keeps its objects unless it is told otherwise: in the working directory. */
export const DEFAULT_DIRECTORY = '.creance';
const MAX_PORT = 65_535;

/** Where a service listens and keeps its objects. */
export interface Place {
  readonly port: number;
  readonly directory: string;
}

/** The place that options name, else the environment (`CREANCE_PORT`, `CREANCE_DIRECTORY`), else the usual one. */
export function placeOf(
  options: { readonly port?: number | undefined; readonly directory?: string | undefined },
  env: Readonly<Record<string, string | undefined>>,
): Place {
  return {
    port: options.port ?? portOf(env['CREANCE_PORT'], 'CREANCE_PORT') ?? DEFAULT_PORT,
    directory: options.directory ?? (env['CREANCE_DIRECTORY'] || DEFAULT_DIRECTORY),
  };
}

/** A port written as digits; undefined when nothing is written. Throws SettingsError for anything else. */
export function portOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= MAX_PORT) return port;
  throw new SettingsError(`${name} is a number from 0 to ${MAX_PORT}, not '${text}'`);
}
