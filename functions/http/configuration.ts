import type { Diagnostic } from '../../engine/model/diagnostic.ts';
import { readConfiguration, type Configuration } from '../../engine/rules/configuration.ts';
import { Refusal } from './problem.ts';
import { sourcesOf, type TextMember } from './run-input.ts';

/** What a request's `falco.yaml` says, and what is to be said of it. */
export interface GivenConfiguration {
  readonly configuration: Configuration | undefined;
  readonly warnings: readonly Diagnostic[];
}

/** Reads the `falco.yaml` of a request; refuses one with which Falco would not start. No variable of this process is seen. */
export function configurationFrom(member: TextMember | undefined): GivenConfiguration {
  if (member === undefined) return { configuration: undefined, warnings: [] };
  const [source] = sourcesOf([member], 'falco') as [ReturnType<typeof sourcesOf>[number]];
  const { configuration, diagnostics } = readConfiguration(source);
  if (configuration !== undefined) return { configuration, warnings: diagnostics };
  throw new Refusal('CONFIG_REFUSED', `Falco would not start with ${source.name}`, { diagnostics });
}
