import { decodeUnsigned } from '../document/decode.ts';
import { valueOf, type Mapping, type Node } from '../document/node.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Context } from './context.ts';
import { invalidItem, invalidStructure } from './load-error.ts';
import { requiredScalar } from './read-values.ts';
import { ENGINE_VERSION, isCompatible, parseVersion, printVersion, type Version } from './versions.ts';

/** A plugin and the version that some rules need at least. */
export interface PluginRequirement {
  readonly name: ByteString;
  readonly version: ByteString;
}

/** Plugins one of which must be loaded, in order of preference. */
export interface PluginRequirements {
  readonly alternatives: readonly PluginRequirement[];
  readonly context: Context;
}

/** Reads and checks `required_engine_version`: a number N is 0.N.0. */
export function readEngineVersion(item: Mapping, context: Context): Version {
  const scalar = requiredScalar(item, 'required_engine_version', context);
  const number = decodeUnsigned(scalar.text);
  const required = number === undefined ? parseVersion(scalar.text) : { ...ENGINE_VERSION, minor: number };
  if (required === undefined) {
    return invalidStructure(
      `Unable to parse engine version '${scalar.text}' as a semver string. Expected "x.y.z" semver format.`,
      context,
    );
  }
  if (!isCompatible(ENGINE_VERSION, required)) {
    invalidItem(
      `Rules require engine version ${printVersion(required)}, but engine version is ${printVersion(ENGINE_VERSION)}`,
      context,
    );
  }
  return required;
}

/** Reads `required_plugin_versions`. Whether the plugins are there is asked after the rules are loaded. */
export function readPluginVersions(node: Node, context: Context): PluginRequirements[] {
  if (node.kind !== 'sequence') {
    return invalidStructure('Value of required_plugin_versions must be a sequence', context);
  }
  return node.items.map((entry) => readRequirements(entry, context));
}

function readRequirements(node: Node, all: Context): PluginRequirements {
  const unnamed = all.at(node, 'required plugin versions entry');
  if (node.kind !== 'mapping') return invalidStructure('Plugin version must be a mapping', unnamed);
  const name = requiredScalar(node, 'name', unnamed).text;
  const context = all.at(node, 'required plugin versions entry', name);
  const first = { name, version: requiredScalar(node, 'version', context).text };
  const alternatives = [first, ...readAlternatives(valueOf(node, 'alternatives'), context)];
  const names = new Set<ByteString>();
  for (const alternative of alternatives) {
    if (parseVersion(alternative.version) === undefined) {
      invalidItem(`Invalid required version '${alternative.version}' for plugin '${alternative.name}'`, context);
    }
    if (names.has(alternative.name)) {
      invalidItem(`Defined multiple alternative version requirements for plugin '${alternative.name}'`, context);
    }
    names.add(alternative.name);
  }
  return { alternatives, context };
}

function readAlternatives(node: Node | undefined, entry: Context): PluginRequirement[] {
  if (node === undefined) return [];
  if (node.kind !== 'sequence') {
    return invalidStructure('Value of plugin version alternatives must be a sequence', entry);
  }
  return node.items.map((alternative) => {
    const unnamed = entry.at(alternative, 'required plugin versions alternative');
    if (alternative.kind !== 'mapping') {
      return invalidStructure('Plugin version alternative must be a mapping', unnamed);
    }
    const name = requiredScalar(alternative, 'name', unnamed).text;
    const context = entry.at(alternative, 'required plugin versions alternative', name);
    return { name, version: requiredScalar(alternative, 'version', context).text };
  });
}
