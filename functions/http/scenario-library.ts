import { readScenario } from '../../engine/scenario/read.ts';
import type { Scenario } from '../../engine/scenario/scenario.ts';
import { nearest } from '../../engine/model/nearest.ts';
import { Source } from '../../engine/model/source.ts';
import { Refusal } from './problem.ts';
import type { Site } from './site.ts';

/** What the list of scenarios tells of one. */
export interface ScenarioSummary {
  readonly name: string;
  /** What happens, in a sentence. */
  readonly story: string;
  /** ATT&CK techniques. */
  readonly techniques: readonly string[];
  /** Rules of Falco's own rule files that fire on it. */
  readonly upstream: readonly string[];
}

/** The scenarios that come with Creance. They are files of the site, so that workerd and Node read them alike. */
export class ScenarioLibrary {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  /** Names in alphabetical order. */
  async names(): Promise<readonly string[]> {
    const text = await this.#text('/scenarios/index.json');
    if (text === undefined) throw new Error('the list of scenarios is missing from the site: it was not built');
    return JSON.parse(text) as string[];
  }

  /** A scenario's text; refuses a name that isn't there. */
  async source(name: string): Promise<Source> {
    const names = await this.names();
    const text = names.includes(name) ? await this.#text(`/scenarios/${name}.yaml`) : undefined;
    if (text !== undefined) return new Source(`${name}/scenario.yaml`, text);
    const close = nearest(name, names);
    throw new Refusal('UNKNOWN_SCENARIO', `there is no scenario '${name}'`, {
      hint: close === undefined ? 'GET /v1/scenarios lists them' : `did you mean ${close}?`,
    });
  }

  /** All scenarios, told shortly. */
  async summaries(): Promise<readonly ScenarioSummary[]> {
    const sources = await Promise.all(
      (await this.names()).map(async (name) => [name, await this.source(name)] as const),
    );
    return sources.flatMap(([name, source]) => {
      const { scenario } = readScenario(source);
      return scenario === undefined ? [] : [summary(name, scenario)];
    });
  }

  async #text(path: string): Promise<string | undefined> {
    const file = await this.#site.file(path);
    return file === undefined ? undefined : new Response(file.body).text();
  }
}

/** What is told of a scenario. */
export function summary(name: string, { story, techniques, upstream }: Scenario): ScenarioSummary {
  return { name, story: story.trim(), techniques, upstream };
}
