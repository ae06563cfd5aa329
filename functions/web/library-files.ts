import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Source } from '../../engine/model/source.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import type { SiteFiles } from './bundle-pages.ts';
import { practiceFiles } from './practice-files.ts';

/**
 * Scenarios and starter rules as files of the site: `scenarios/<name>.yaml` with a list of names in
 * `scenarios/index.json`, which both runtimes read; `scenarios/<name>.benign.yaml` for harmless twins; the
 * starter rules as one file, `rules/starter_rules.yaml`; `library.json`, which tells the page of all of them; and what
 * practice tasks consist of, in `tasks/`.
 */
export function libraryFiles(root: string): SiteFiles {
  const folder = join(root, 'scenarios');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => existsSync(join(folder, name, 'scenario.yaml')))
    .map((name) => name.replaceAll('\\', '/'))
    .toSorted();
  const scenarios = names.map((name) => [`scenarios/${name}.yaml`, read(folder, name, 'scenario.yaml')] as const);
  const twins = names
    .filter((name) => existsSync(join(folder, name, 'benign.yaml')))
    .map((name) => [`scenarios/${name}.benign.yaml`, read(folder, name, 'benign.yaml')] as const);
  const rules = readdirSync(join(folder, 'rules'))
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'))
    .toSorted()
    .map((name) => `# ---- ${name}\n\n${new TextDecoder().decode(read(folder, 'rules', name)).trim()}\n`);
  const twinned = new Set(twins.map(([path]) => path));
  const library = {
    scenarios: scenarios.map(([path, bytes], i) => entry(names[i] as string, path, bytes, twinned)),
  };
  return [
    ...scenarios,
    ...twins,
    ['rules/starter_rules.yaml', new TextEncoder().encode(rules.join('\n'))],
    ['scenarios/index.json', json(names)],
    ['library.json', json(library)],
    ...practiceFiles(root),
  ];
}

function read(...path: string[]): Uint8Array {
  return readFileSync(join(...path));
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** What the page tells of a scenario before it is opened. */
function entry(name: string, path: string, bytes: Uint8Array, twins: ReadonlySet<string>): object {
  const { scenario } = readScenario(new Source(path, new TextDecoder().decode(bytes)));
  return {
    name,
    story: scenario?.story.trim() ?? name,
    techniques: scenario?.techniques ?? [],
    benign: twins.has(path.replace(/\.yaml$/, '.benign.yaml')),
  };
}
