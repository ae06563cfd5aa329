import type { Node } from '../document/node.ts';
import type { StaticFields } from '../fields/static-fields.ts';
import { fromUnicode } from '../model/byte-string.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { hasErrors } from '../model/diagnostic.ts';
import { nearest } from '../model/nearest.ts';
import { PRIORITIES, priorityOf, type Priority } from '../model/priority.ts';
import type { Source } from '../model/source.ts';
import type { AlertJsonOptions } from '../output/alert-json.ts';
import type { OutputAppend } from '../output/append-output.ts';
import { readAppend, readSelection } from './configuration-entries.ts';
import type { Environment } from './configuration-environment.ts';
import { ConfigurationKeys } from './configuration-keys.ts';
import { readTopLevel, type Include } from './configuration-sources.ts';
import type { Selection } from './selection.ts';

/** What Falco's configuration (`falco.yaml`) says that changes results, in groups that the verbs take as options. */
export interface Configuration {
  /** Files and folders of rules as written, relative to the working directory; what does not exist is to be left out. */
  readonly rulesFiles: readonly string[];
  /** `priority`, `rules`, `append_output` and `static_fields`: options of loading. */
  readonly load: {
    readonly priority: Priority;
    readonly select: readonly Selection[];
    readonly appendOutput: readonly OutputAppend[];
    /** Absent where there are none. */
    readonly staticFields?: StaticFields;
  };
  /** `rule_matching`, `time_format_iso_8601` and `buffer_format_base64`: options of a run. */
  readonly run: { readonly matching: 'first' | 'all'; readonly isoTime: boolean; readonly base64Buffers: boolean };
  /** `json_output`: alerts and load results are printed as JSON. */
  readonly jsonOutput: boolean;
  /** `json_include_*_property`: options of an alert's JSON. */
  readonly json: AlertJsonOptions;
}

/** What a configuration is read with. */
export interface ConfigurationOptions {
  /** Variables that `${NAME}` stands for; none unless given. */
  readonly environment?: Environment;
  /** Opens what `config_files` names; without it entries there don't count, with a warning. */
  readonly include?: Include;
}

/** What comes of reading a configuration: undefined where Falco would not start, and why. */
export interface ReadConfiguration {
  readonly configuration: Configuration | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Keys that Falco knows and that change nothing here: outputs, engine, plugins, metrics and so on. */
const OTHER_KEYS =
  'base_syscalls buffered_outputs capture config_files container_engines engine falco_libs file_output http_output libs_logger load_plugins log_level log_stderr log_syslog metrics output_timeout outputs_queue plugins plugins_hostinfo program_output rule_files stdout_output syscall_event_drops syscall_event_timeouts syslog_output watch_config_files webserver'.split(
    ' ',
  );

const BOTH_KEYS = "both 'rules_files' and 'rules_file' keys set";
const OLD_KEY =
  "Using deprecated config key 'rules_file' (singular form). Please use new 'rules_files' config key (plural form).";

/**
 * Reads a configuration of Falco. A truth value or word that can't be read is Falco's default, with a warning; a list
 * with an entry that can't be read is an error, because Falco does not start with it. Codes: `CONFIG_TYPE`,
 * `CONFIG_VALUE`, `CONFIG_ENVIRONMENT`, `CONFIG_FILES`, `CONFIG_DEPRECATED_KEY`, `CONFIG_UNKNOWN_KEY`,
 * `LIMIT_CONFIGURATION_BYTES`, and those of reading YAML.
 */
export function readConfiguration(source: Source, options: ConfigurationOptions = {}): ReadConfiguration {
  const diagnostics: Diagnostic[] = [];
  const environment = options.environment ?? new Map();
  const topLevel = readTopLevel(source, environment, options.include, diagnostics);
  const keys = new ConfigurationKeys(topLevel, environment, diagnostics);
  const configuration: Configuration = {
    rulesFiles: rulesFiles(keys),
    load: {
      priority: priority(keys),
      select: keys.list('rules').flatMap((entry) => readSelection(entry, keys)),
      appendOutput: keys.list('append_output').flatMap((entry) => readAppend(entry, keys)),
      ...staticFields(keys),
    },
    run: {
      matching: matching(keys),
      isoTime: keys.flag('time_format_iso_8601', false),
      base64Buffers: keys.flag('buffer_format_base64', false),
    },
    jsonOutput: keys.flag('json_output', false),
    json: {
      includeOutput: keys.flag('json_include_output_property', true),
      includeMessage: keys.flag('json_include_message_property', false),
      includeOutputFields: keys.flag('json_include_output_fields_property', true),
      includeTags: keys.flag('json_include_tags_property', true),
    },
  };
  adviseUnknown(keys);
  return { configuration: hasErrors(diagnostics) ? undefined : configuration, diagnostics };
}

function rulesFiles(keys: ConfigurationKeys): readonly string[] {
  const old = keys.node('rules_file');
  if (old !== undefined) {
    if (keys.node('rules_files') !== undefined) keys.error('CONFIG_VALUE', old, BOTH_KEYS, 'leave out rules_file');
    keys.warn('CONFIG_DEPRECATED_KEY', old, OLD_KEY);
  }
  return [...keys.list('rules_files'), ...keys.list('rules_file')].flatMap((entry) => keys.text(entry) ?? []);
}

function priority(keys: ConfigurationKeys): Priority {
  return keys.word('priority', 'Debug', priorityOf, (word) => ({
    message: `Unknown priority "${word}"--must be one of emergency, alert, critical, error, warning, notice, informational, debug`,
    near: nearest(
      word.toLowerCase(),
      PRIORITIES.map((name) => name.toLowerCase()),
    ),
  }));
}

function matching(keys: ConfigurationKeys): 'first' | 'all' {
  const read = (word: string) => (['first', 'all'] as const).find((name) => name === word.toLowerCase());
  return keys.word('rule_matching', 'first', read, (word) => ({
    message: `Unknown rule matching strategy "${word}"--must be one of first, all`,
    near: nearest(word, ['first', 'all']),
  }));
}

/** Texts by name; Falco takes the whole for empty where one of them is a list or a mapping. */
function staticFields(keys: ConfigurationKeys): { readonly staticFields?: StaticFields } {
  const node = keys.node('static_fields');
  if (node === undefined || node.kind === 'null') return {};
  const odd = node.kind === 'mapping' ? node.pairs.find(({ value }) => !isText(value))?.value : node;
  if (odd !== undefined || node.kind !== 'mapping') {
    const message = "'static_fields' is no mapping of names to texts; Falco takes it as empty";
    keys.warn('CONFIG_TYPE', odd ?? node, message, 'write one text for each name');
    return {};
  }
  const values = new Map(
    node.pairs.map(({ key, value }) => [keys.text(key) ?? '', fromUnicode(keys.text(value) ?? '')]),
  );
  return values.size === 0 ? {} : { staticFields: [...values] };
}

function isText({ kind }: Node): boolean {
  return kind === 'scalar' || kind === 'null';
}

/** Falco ignores a key that it does not know, and its log says that the schema does not hold. */
function adviseUnknown(keys: ConfigurationKeys): void {
  const known = new Set([...keys.asked, ...OTHER_KEYS]);
  for (const [key, node] of keys.unknown(known)) {
    const near = nearest(key, [...known]);
    const hint = near === undefined ? undefined : `did you mean '${near}'?`;
    keys.advise('CONFIG_UNKNOWN_KEY', node, `Falco has no configuration key '${key}' and ignores it`, hint);
  }
}
