import { toUnicode } from '../model/byte-string.ts';
import type { Plugin } from './plugins.ts';
import type { PluginRequirements } from './read-versions.ts';
import { isCompatible, parseVersion, type Version } from './versions.ts';

/** What Falco says when a plugin that rules need is missing or too old, or undefined when it is there. */
export function unmetRequirement({ alternatives }: PluginRequirements, plugins: readonly Plugin[]): string | undefined {
  for (const { name, version } of alternatives) {
    const plugin = plugins.find((loaded) => loaded.name === toUnicode(name));
    if (plugin === undefined) continue;
    const there = parseVersion(plugin.version);
    const required = parseVersion(version) as Version;
    if (there !== undefined && isCompatible(there, required)) return undefined;
    return `Plugin '${plugin.name}' version '${plugin.version}' is not compatible with required plugin version '${toUnicode(version)}'`;
  }
  const wanted = alternatives.map(({ name, version }) => `${toUnicode(name)} (>= ${toUnicode(version)})`).join(', ');
  return `Plugin requirement not satisfied, must load one of: ${wanted}`;
}
