import { findField } from '../fields/catalogue.ts';
import type { FieldFinder, FieldRow } from '../fields/field.ts';
import { findWithStatic, type StaticFields } from '../fields/static-fields.ts';

/** A plugin that Falco has loaded. */
export interface Plugin {
  readonly name: string;
  /** `1.2.3`. */
  readonly version: string;
}

/** What Falco loads without being told. */
export const DEFAULT_PLUGINS: readonly Plugin[] = [{ name: 'container', version: '0.7.1' }];

/** The classes of fields that a plugin brings. */
const FIELD_CLASSES: Readonly<Record<string, string>> = { container: 'container', k8smeta: 'k8smeta' };

/** Which fields exist, given the plugins that are loaded and the static fields of the configuration. */
export class AvailableFields {
  /** How names find their fields. */
  readonly find: FieldFinder;
  /** Names of static fields. */
  readonly statics: readonly string[];
  readonly #missing: ReadonlySet<string>;

  constructor(plugins: readonly Plugin[], statics: StaticFields = []) {
    this.find = statics.length === 0 ? findField : findWithStatic(statics);
    this.statics = statics.map(([name]) => name);
    const loaded = new Set(plugins.map(({ name }) => FIELD_CLASSES[name]));
    this.#missing = new Set(Object.values(FIELD_CLASSES).filter((fieldClass) => !loaded.has(fieldClass)));
  }

  /** False for a field of a plugin that isn't loaded. */
  has(row: FieldRow): boolean {
    return !this.#missing.has(row.fieldClass);
  }

  /** The plugin that a field comes from. */
  static pluginOf(row: FieldRow): string | undefined {
    return Object.keys(FIELD_CLASSES).find((plugin) => FIELD_CLASSES[plugin] === row.fieldClass);
  }
}
