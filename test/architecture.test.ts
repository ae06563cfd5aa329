import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Rooms in the one order in which they may import: each file may import its own room and those before it. */
const ORDER = [
  'model',
  'document',
  'filter',
  'trace',
  'state',
  'fields',
  'compare',
  'output',
  'rules',
  'plan',
  'match',
  'prepared',
  'explanation',
  'scenario',
  'suite',
  'change',
  'practice',
  'verbs',
  'agent',
  'functions',
];
/** Names that say nothing; a file is named after its concept. */
const BANNED = /^(utils?|helpers?|common|misc|shared|lib|types)$/;
const MAX_LINES = 300;
/** Names of a runtime or of chance; the engine has neither. */
const IMPURE =
  'process\\.(argv|std|exit|hrtime|nextTick|platform|memoryUsage|env\\.[A-Z])|document\\.(query|get|create|body|cookie)|window\\.|globalThis\\.|fetch\\(|eval\\(|new Function|Buffer\\.|Math\\.random|Date\\.now|new Date\\(\\)';

const sources = walk(root).filter(
  (path) => /^(engine|functions|agent|infra|test)\//.test(path) && /\.tsx?$/.test(path),
);
const shipped = sources.filter((path) => /^(engine|functions|agent)\//.test(path));

describe('architecture', () => {
  it('has a name for every file that says what is in it', () => {
    const bad = walk(root).filter((path) => path.split('/').some((part) => BANNED.test(part.replace(/\..*$/, ''))));
    expect(bad).toEqual([]);
  });

  it('imports rooms in one order only', () => {
    const wrong = shipped.flatMap((path) =>
      imports(path)
        .filter((target) => rank(target) > rank(path))
        .map((target) => `${path} (${roomOf(path)}) imports ${target} (${roomOf(target)})`),
    );
    expect(wrong).toEqual([]);
  });

  it('lets the agent import the engine only', () => {
    const wrong = shipped
      .filter((path) => path.startsWith('agent/'))
      .flatMap((path) =>
        imports(path)
          .filter((target) => target.startsWith('functions/'))
          .map((to) => `${path} -> ${to}`),
      );
    expect(wrong).toEqual([]);
  });

  it('has no cycle between files', () => {
    expect(findCycle(shipped)).toEqual([]);
  });

  it('keeps the engine pure: no node:, no DOM, no process, no code from strings', () => {
    const impure = shipped
      .filter((path) => path.startsWith('engine/'))
      .flatMap((path) => {
        const code = stripComments(readFileSync(join(root, path), 'utf8'));
        const found = new RegExp(`from '(node:[^']*)'|\\b(${IMPURE})`).exec(code);
        return found === null ? [] : [`${path}: ${found[0]}`];
      });
    expect(impure).toEqual([]);
  });

  it('lets one file alone know each foreign format', () => {
    const knows = (name: string) =>
      shipped.filter((path) => new RegExp(`from '${name}'`).test(readFileSync(join(root, path), 'utf8')));
    expect(knows('js-yaml').length).toBeLessThanOrEqual(1);
    expect(knows('re2js').length).toBeLessThanOrEqual(1);
  });

  it('keeps files small', () => {
    const hand = shipped.filter((path) => !isGenerated(path));
    const long = hand.map((path) => [path, lines(path)] as const).filter(([, count]) => count > MAX_LINES);
    expect(long).toEqual([]);
    const sizes = hand.map(lines).sort((a, b) => a - b);
    expect(sizes[sizes.length >> 1]).toBeLessThan(100);
  });

  it('has no default exports but entry points', () => {
    const entries = new Set(['functions/worker.ts']);
    const wrong = shipped.filter(
      (path) => !entries.has(path) && /^export default /m.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('documents every exported function, class and constant', () => {
    const bare = shipped
      .filter((path) => !isGenerated(path))
      .flatMap((path) => {
        const text = readFileSync(join(root, path), 'utf8').split('\n');
        return text.flatMap((line, index) => {
          if (!/^export (async )?(function|class|const|interface|type) (?!\{)/.test(line)) return [];
          const before = text[index - 1] ?? '';
          return /\*\/\s*$/.test(before) ? [] : [`${path}:${index + 1} ${line.slice(0, 60)}`];
        });
      });
    expect(bare).toEqual([]);
  });
});

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    if (name === 'node_modules' || name.startsWith('.') || name === 'dist') return [];
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [relative(root, path)];
  });
}

function roomOf(path: string): string {
  const [top, second, ...rest] = path.split('/') as [string, string, ...string[]];
  if (top !== 'engine') return top;
  return rest.length === 0 ? 'verbs' : second;
}

function rank(path: string): number {
  const at = ORDER.indexOf(roomOf(path));
  if (at === -1) throw new Error(`${path} is in no room of the order`);
  return at;
}

function imports(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
    .map((match) => relative(root, resolve(root, dirname(path), match[1] as string)))
    .filter((target) => /^(engine|functions|agent)\//.test(target) && /\.tsx?$/.test(target));
}

function findCycle(paths: readonly string[]): string[] {
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const next of runtimeImports(path)) {
      const cycle = visit(next, [...trail, path]);
      if (cycle.length > 0) return cycle;
    }
    done.add(path);
    return [];
  };
  for (const path of paths) {
    const cycle = visit(path, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

/** Types may refer to each other within a room; running code may not. */
function runtimeImports(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8').replace(/import type [^;]*;/g, '');
  return [...text.matchAll(/from\s*'(\.[^']+)'/g)]
    .map((match) => relative(root, resolve(root, dirname(path), match[1] as string)))
    .filter((target) => /\.tsx?$/.test(target) && sources.includes(target));
}

function isGenerated(path: string): boolean {
  return readFileSync(join(root, path), 'utf8').startsWith('// GENERATED');
}

function lines(path: string): number {
  return readFileSync(join(root, path), 'utf8').split('\n').length - 1;
}

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
