import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';

/** One thing that is done while it is recorded. */
export type Step =
  | { readonly kind: 'nginx runs' | 'visitor asks' | 'terminal types' | 'ssh' | 'ssh types'; readonly text: string }
  | { readonly kind: 'exec'; readonly words: readonly string[] }
  | { readonly kind: 'container starts' };

/** How the container differs from the usual one. */
export interface ContainerSettings {
  readonly image: string;
  /** The user that nginx's workers run as. */
  readonly user: string;
  /** Capabilities beyond those that runtimes give to everybody; `all` is every one of them. */
  readonly capabilities: readonly string[];
  readonly privileged: boolean;
  /** Folders of the machine by where they are in the container. */
  readonly mounts: Readonly<{ [destination: string]: string }>;
  /** Namespaces that it shares with the machine. */
  readonly shares: readonly string[];
  readonly env: readonly string[];
  readonly namespace: string;
}

/** What must come of a recording: names of rules. */
export interface Promised {
  /** Alerts under the rules of this library; no other ones may come. */
  readonly expect: readonly unknown[];
  /** Rules that come with Falco and must fire. */
  readonly upstream: readonly string[];
}

/** An attack, or what looks like one: how it is recorded, and what must come of it. */
export interface Take extends Promised {
  readonly about: string;
  /** Commands that prepare the container, before anything is recorded. */
  readonly before: readonly string[];
  readonly steps: readonly Step[];
  readonly container: ContainerSettings;
}

/** A drive: an attack and its benign twin. */
export interface Drive {
  readonly slug: string;
  readonly about: string;
  readonly techniques: readonly string[];
  readonly attack: Take;
  readonly benign: Take;
}

type Json = Readonly<{ [key: string]: unknown }>;

const TEXT_STEPS = ['nginx runs', 'visitor asks', 'terminal types', 'ssh', 'ssh types'] as const;
const DRIVE_KEYS = ['about', 'techniques', 'container', 'before', 'attack', 'benign'];
const TAKE_KEYS = ['about', 'container', 'before', 'steps', 'expect', 'upstream'];
const USUAL: ContainerSettings = {
  image: 'registry.example/shop/web:1.4',
  user: 'www-data',
  capabilities: [],
  privileged: false,
  mounts: {},
  shares: [],
  env: [],
  namespace: 'shop',
};

/** Reads a `drive.yaml`. Throws where it is none: drives are part of the repository. */
export function readDrive(slug: string, path: string): Drive {
  const json = object(load(readFileSync(path, 'utf8')), path);
  only(json, DRIVE_KEYS, path);
  const takeOf = (name: 'attack' | 'benign'): Take => {
    const take = object(json[name], `${path}: ${name}`);
    only(take, TAKE_KEYS, `${path}: ${name}`);
    const container = { ...optional(json['container']), ...optional(take['container']) };
    only(container, Object.keys(USUAL), `${path}: container`);
    return {
      about: String(take['about']),
      before: [...list(json['before']), ...list(take['before'])].map(String),
      steps: list(take['steps']).map((step) => stepOf(step, path)),
      container: { ...USUAL, ...container },
      expect: list(take['expect']),
      upstream: list(take['upstream']).map(String),
    };
  };
  return {
    slug,
    about: String(json['about']),
    techniques: list(json['techniques']).map(String),
    attack: takeOf('attack'),
    benign: takeOf('benign'),
  };
}

function stepOf(value: unknown, path: string): Step {
  if (value === 'container starts') return { kind: value };
  const step = object(value, `${path}: steps`);
  const [kind = '', ...more] = Object.keys(step);
  if (more.length > 0) throw new Error(`${path}: a step has one key, not ${kind} and ${more.join()}`);
  const text = TEXT_STEPS.find((name) => name === kind);
  if (text !== undefined) return { kind: text, text: String(step[kind]) };
  if (kind !== 'exec') throw new Error(`${path}: there is no step '${kind}'`);
  const words = step['exec'];
  return { kind, words: Array.isArray(words) ? words.map(String) : ['sh', '-c', String(words)] };
}

function only(json: Json, keys: readonly string[], where: string): void {
  const wrong = Object.keys(json).filter((key) => !keys.includes(key));
  if (wrong.length > 0) throw new Error(`${where}: unknown ${wrong.join(', ')}`);
}

function object(value: unknown, where: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new Error(`${where}: a mapping is missing`);
}

function optional(value: unknown): Json {
  return value === undefined ? {} : object(value, 'container');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
