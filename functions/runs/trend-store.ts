import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { RunReport, SuitePlan } from './run.ts';

/** What a run of a suite came to, in numbers. */
export interface Trend {
  readonly run: string;
  readonly createdAt: string;
  /** The version of the suite. */
  readonly version: number;
  readonly tests: number;
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly skipped: number;
}

/** Beyond every time, so that what is left of it sorts the latest first. */
const END_OF_TIME_MS = 9_999_999_999_999;

/**
 * The past runs of suites. Their counts stand in the names of the objects, `<time left>.<run>.<version>.<counts>`: a
 * page of any length costs one listing, the latest first.
 */
export class TrendStore {
  readonly #objects: ObjectStore;
  readonly #tenant: string;

  constructor(objects: ObjectStore, tenant: string) {
    this.#objects = objects;
    this.#tenant = tenant;
  }

  /** Adds a run that is done; the same again changes nothing. */
  async add({ id, suite, createdAt }: SuitePlan, { report }: RunReport): Promise<void> {
    const left = String(END_OF_TIME_MS - Date.parse(createdAt)).padStart(13, '0');
    const { passed, failed, errors, skipped, tests } = report;
    const name = [left, id, suite.version, tests.length, passed, failed, errors, skipped].join('.');
    await this.#objects.create(`${KEYS.trends(this.#tenant, suite.name)}${name}`, '{}\n', 'application/json');
  }

  /** The latest runs of a suite, the last one first. */
  async list(suite: string, limit: number): Promise<Trend[]> {
    const folder = KEYS.trends(this.#tenant, suite);
    const trends: Trend[] = [];
    for await (const { key } of this.#objects.list(folder)) {
      const [left, run = '', ...numbers] = key.slice(folder.length).split('.');
      const [version = 0, tests = 0, passed = 0, failed = 0, errors = 0, skipped = 0] = numbers.map(Number);
      const createdAt = new Date(END_OF_TIME_MS - Number(left)).toISOString();
      trends.push({ run, createdAt, version, tests, passed, failed, errors, skipped });
      if (trends.length === limit) break;
    }
    return trends;
  }
}
