import { PRIORITIES } from '../model/priority.ts';
import { parseVersion } from '../rules/versions.ts';
import type { ChangeGroup } from './change-report.ts';
import type { Edit } from './edit.ts';
import type { PluginNeed, Statements } from './statements.ts';
import type { RuleDifference, SetDifference, StaticDifference } from './static-difference.ts';

/** Which number of the version of a rule set is to be raised. */
export type VersionLevel = 'major' | 'minor' | 'patch' | 'none';

/** One reason for it. */
export interface VersionReason {
  readonly level: Exclude<VersionLevel, 'none'>;
  readonly text: string;
}

/** The verdict: the gravest level that some reason asks for. */
export interface Version {
  readonly level: VersionLevel;
  /** Gravest first. */
  readonly reasons: readonly VersionReason[];
}

const LEVELS = ['major', 'minor', 'patch'] as const;

/**
 * Which number is to be raised, by the release policy of Falco's own rules (falcosecurity/rules, RELEASE.md): major for
 * what others may rely on and what is gone or narrower, minor for what is new or asks for more, patch for the rest. Alerts
 * that are gone from the traces because of a condition count as a narrower rule.
 */
export function versionOf(
  difference: StaticDifference,
  edits: readonly Edit[],
  before: Statements,
  after: Statements,
  groups: readonly ChangeGroup[],
): Version {
  const reasons = [
    ...requirementReasons(before, after),
    ...edits.flatMap(editReason),
    ...difference.macros.changed.flatMap(({ name, eventTypes }) => typeReasons(`macro ${name}`, eventTypes, 'major')),
    ...difference.rules.changed.flatMap(ruleReasons),
    ...seenReasons(groups),
  ].toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  return { level: reasons[0]?.level ?? 'none', reasons };
}

function editReason({ kind, text }: Edit): VersionReason[] {
  switch (kind) {
    case 'list removed':
    case 'macro removed':
    case 'rule removed':
    case 'rule renamed':
    case 'source changed':
      return [{ level: 'major', text }];
    case 'list added':
    case 'macro added':
    case 'rule added':
      return [{ level: 'minor', text }];
    // Said with their direction, by rule.
    case 'priority changed':
    case 'enabled changed':
    case 'tags changed':
      return [];
    default:
      return [{ level: 'patch', text }];
  }
}

function ruleReasons({ name, eventTypes, tags, priority, enabled }: RuleDifference): VersionReason[] {
  const reasons = typeReasons(`rule ${name}`, eventTypes, 'patch');
  if (tags.removed.length > 0) {
    reasons.push({ level: 'major', text: `rule ${name} lost the tags ${tags.removed.join(', ')}` });
  }
  if (tags.added.length > 0)
    reasons.push({ level: 'patch', text: `rule ${name} has the new tags ${tags.added.join(', ')}` });
  if (priority !== undefined) {
    const isLess = PRIORITIES.indexOf(priority.after) > PRIORITIES.indexOf(priority.before);
    const text = `priority of ${name} ${isLess ? 'lowered' : 'raised'} from ${priority.before} to ${priority.after}`;
    reasons.push({ level: isLess ? 'major' : 'patch', text });
  }
  if (enabled !== undefined) {
    const text = `rule ${name} is switched ${enabled.after ? 'on' : 'off'}`;
    reasons.push({ level: enabled.after ? 'patch' : 'major', text });
  }
  return reasons;
}

/** @param wider the level for event types that are new; those that are gone are major for rules and macros alike */
function typeReasons(what: string, { added, removed }: SetDifference, wider: 'major' | 'patch'): VersionReason[] {
  const reasons: VersionReason[] = [];
  if (removed.length > 0) reasons.push({ level: 'major', text: `${what} no longer looks at ${several(removed)}` });
  if (added.length > 0) reasons.push({ level: wider, text: `${what} now looks at ${several(added)} too` });
  return reasons;
}

/** What traces have shown: a rule tells less because its condition, or a macro of it, says something else. */
function seenReasons(groups: readonly ChangeGroup[]): VersionReason[] {
  const gone = new Map<string, number>();
  for (const { kind, rule, count, cause } of groups) {
    const narrows = cause.edits.some((edit) => edit.kind === 'condition changed' || edit.kind === 'macro changed');
    if (kind === 'vanished' && narrows) gone.set(rule, (gone.get(rule) ?? 0) + count);
  }
  return [...gone].map(([rule, count]) => ({
    level: 'major',
    text: `rule ${rule} matches less than before: ${count} ${count === 1 ? 'alert is' : 'alerts are'} gone from these traces`,
  }));
}

function requirementReasons(before: Statements, after: Statements): VersionReason[] {
  const reasons: VersionReason[] = [];
  const [old, now] = [highest(before.engineVersions), highest(after.engineVersions)];
  const order = compareVersions(now, old);
  if (order !== 0) {
    const text = `required_engine_version ${order > 0 ? 'raised' : 'lowered'} from ${old ?? 'none'} to ${now ?? 'none'}`;
    reasons.push({ level: order > 0 ? 'minor' : 'patch', text });
  }
  const plugins = (needs: readonly PluginNeed[]) => new Map(needs.map((need) => [need.name, need]));
  const [had, has] = [plugins(before.plugins), plugins(after.plugins)];
  for (const name of new Set([...had.keys(), ...has.keys()])) {
    reasons.push(...pluginReasons(name, had.get(name), has.get(name)));
  }
  return reasons;
}

function pluginReasons(name: string, had: PluginNeed | undefined, has: PluginNeed | undefined): VersionReason[] {
  if (had === undefined) return [{ level: 'minor', text: `plugin ${name} is needed now` }];
  if (has === undefined) return [{ level: 'patch', text: `plugin ${name} is no longer needed` }];
  const reasons: VersionReason[] = [];
  const order = compareVersions(has.version, had.version);
  const versions = `from ${had.version} to ${has.version}`;
  if (order > 0) reasons.push({ level: 'minor', text: `needed version of plugin ${name} raised ${versions}` });
  if (order < 0) reasons.push({ level: 'patch', text: `needed version of plugin ${name} lowered ${versions}` });
  for (const other of had.alternatives.filter((one) => !has.alternatives.includes(one))) {
    reasons.push({ level: 'major', text: `plugin ${other} no longer serves instead of ${name}` });
  }
  for (const other of has.alternatives.filter((one) => !had.alternatives.includes(one))) {
    reasons.push({ level: 'patch', text: `plugin ${other} serves instead of ${name} too` });
  }
  return reasons;
}

function highest(versions: readonly string[]): string | undefined {
  return versions.toSorted(compareVersions).at(-1);
}

/** Less than zero, zero or more; no version at all is less than any. */
function compareVersions(a: string | undefined, b: string | undefined): number {
  const numbers = (text: string | undefined) => {
    const version = text === undefined ? undefined : parseVersion(text);
    return version === undefined ? [-1, -1, -1] : [version.major, version.minor, version.patch];
  };
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < 3; i++) {
    const order = (left[i] as number) - (right[i] as number);
    if (order !== 0) return order;
  }
  return 0;
}

function several(names: readonly string[]): string {
  const shown = names.slice(0, 8);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
