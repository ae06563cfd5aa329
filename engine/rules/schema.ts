/** The shape that Falco expects of a rule file. It is looser than the loader in some ways and stricter in others. */
export interface Schema {
  readonly type?: 'array' | 'object' | 'string' | 'boolean' | 'integer';
  /** Texts that are allowed. */
  readonly choices?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly fewestProperties?: number;
  /** The properties that an object may have; it may have no others. */
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const TEXT: Schema = { type: 'string' };
const TRUTH: Schema = { type: 'boolean' };
const ANYTHING: Schema = {};

const OVERRIDE_KEYS = [
  'items',
  'desc',
  'condition',
  'output',
  'priority',
  'enabled',
  'exceptions',
  'capture',
  'capture_duration',
  'tags',
  'warn_evttypes',
  'skip-if-unknown-filter',
];
const OPERATION: Schema = { type: 'string', choices: ['append', 'replace'] };
const OVERRIDE: Schema = {
  type: 'object',
  fewestProperties: 1,
  properties: Object.fromEntries(OVERRIDE_KEYS.map((key) => [key, OPERATION])),
};
const PRIORITY: Schema = {
  type: 'string',
  choices: ['EMERGENCY', 'ALERT', 'CRITICAL', 'ERROR', 'WARNING', 'NOTICE', 'INFO', 'INFORMATIONAL', 'DEBUG'],
};
const EXCEPTION: Schema = {
  type: 'object',
  properties: { name: TEXT, fields: ANYTHING, comps: ANYTHING, values: ANYTHING },
  required: ['name'],
};
const PLUGIN: Schema = { type: 'object', properties: { name: TEXT, version: TEXT }, required: ['name', 'version'] };
const PLUGIN_WITH_ALTERNATIVES: Schema = {
  ...PLUGIN,
  properties: { ...PLUGIN.properties, alternatives: { type: 'array', items: PLUGIN } },
};

/** Any item may have any key of any kind of item. */
const ITEM: Schema = {
  type: 'object',
  properties: {
    required_engine_version: TEXT,
    required_plugin_versions: { type: 'array', items: PLUGIN_WITH_ALTERNATIVES },
    macro: TEXT,
    condition: TEXT,
    list: TEXT,
    items: { type: 'array', items: { anyOf: [{ type: 'integer' }, TEXT] } },
    rule: TEXT,
    desc: TEXT,
    enabled: TRUTH,
    output: TEXT,
    append: TRUTH,
    priority: PRIORITY,
    capture: TRUTH,
    capture_duration: { type: 'integer' },
    source: TEXT,
    exceptions: { type: 'array', items: EXCEPTION },
    override: OVERRIDE,
    tags: { type: 'array', items: TEXT },
    warn_evttypes: TRUTH,
    'skip-if-unknown-filter': TRUTH,
  },
};

/** A document of a rule file. */
export const RULE_FILE_SCHEMA: Schema = { type: 'array', items: ITEM };
