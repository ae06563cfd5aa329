import {
  MAX_CAPTURE_BYTES,
  MAX_INDEX_MS,
  MAX_PREPARED_BYTES,
  MIN_PREPARED_TRACE_BYTES,
} from '../../engine/model/limits.ts';
import { Preparation } from '../../engine/prepared/preparation.ts';
import { PreparedTrace } from '../../engine/prepared/prepared-trace.ts';
import { usualSelection, type More } from '../../engine/prepared/usual.ts';
import { feedSegments } from '../store/feed-segments.ts';
import { KEYS } from '../store/keys.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { TraceManifest } from '../store/trace-manifest.ts';
import { TraceStore } from '../store/trace-store.ts';
import { OpenForms, type OpenForm } from './open-forms.ts';
import { PREPARED_ENGINE } from './prepared-engine.ts';
import { PreparedWants } from './prepared-wants.ts';

const OPEN = new OpenForms();

/**
 * The prepared forms of one tenant's traces, each beside its trace and gone with it:
 *
 *     t/<tenant>/traces/<id>/prepared/<engine>/<n>.form
 *
 * `<n>` tells how often the tenant's forms were widened by then. Forms of another engine are not looked at, and go when
 * a new one is written. A form is only ever a shortcut: where it is lacking, damaged or of other bytes, the trace is run.
 */
export class PreparedTraces {
  readonly wants: PreparedWants;
  readonly #objects: ObjectStore;
  readonly #tenant: string;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(objects: ObjectStore, tenant: string, now: () => number) {
    this.#objects = objects;
    this.#tenant = tenant;
    this.#now = now;
    this.wants = new PreparedWants(objects, tenant);
  }

  /** True for a trace that may have a form: it is not too small, and nothing more comes. */
  static isFor({ recording, size }: TraceManifest): boolean {
    return recording?.open !== true && size >= MIN_PREPARED_TRACE_BYTES;
  }

  /** Opens the newest form of a trace; undefined when there is none that can be used now. */
  async open(manifest: TraceManifest): Promise<OpenForm | undefined> {
    if (!PreparedTraces.isFor(manifest)) return undefined;
    const forms = (await this.#kept(manifest.id)).filter(({ key }) => key.endsWith('.form'));
    const newest = forms.at(-1);
    return newest && OPEN.open(newest.key, newest.size, () => this.#read(newest.key, manifest));
  }

  /** Makes the form of a trace, unless there is one as wide as it should be, or none can be made. */
  async make(manifest: TraceManifest): Promise<void> {
    if (!PreparedTraces.isFor(manifest)) return;
    const { count, more } = await this.wants.all();
    const before = (await this.#kept(manifest.id)).at(-1);
    const of = (ending: 'form' | 'none'): string =>
      KEYS.preparedForm(this.#tenant, manifest.id, PREPARED_ENGINE, count, ending);
    if (before !== undefined && before.key >= of('form')) return;
    const made = await this.#prepared(manifest, more);
    if (typeof made === 'string') return void (await this.#keep(manifest.id, of('none'), made));
    await this.#keep(manifest.id, of('form'), made);
    for await (const { key } of this.#objects.list(KEYS.prepared(this.#tenant, manifest.id))) {
      if (key < of('form') || !key.startsWith(this.#folder(manifest.id))) await this.#objects.delete(key);
    }
  }

  /** Keeps that a trace has no form: whoever makes it ends each time without a word. */
  async giveUp(id: string, reason: string): Promise<void> {
    const { count } = await this.wants.all();
    await this.#keep(id, KEYS.preparedForm(this.#tenant, id, PREPARED_ENGINE, count, 'none'), reason);
  }

  /** The form, or why there is none. */
  async #prepared(manifest: TraceManifest, more: More): Promise<Uint8Array | string> {
    const preparation = new Preparation(usualSelection(more), MAX_PREPARED_BYTES);
    const segments = new TraceStore(this.#objects, this.#tenant).segments(manifest);
    const feeding = feedSegments(segments, preparation, {
      wants: preparation.wants,
      maxBytes: MAX_CAPTURE_BYTES,
    });
    const until = this.#now() + MAX_INDEX_MS;
    let next = await feeding.next();
    while (next.done !== true && !preparation.isTooLarge && this.#now() < until) next = await feeding.next();
    if (next.done !== true) await feeding.return({ events: 0, diagnostics: [] });
    if (preparation.isTooLarge) return 'it would take more memory than there is for it';
    if (next.done !== true) return `it was not made within ${MAX_INDEX_MS / 60_000} minutes`;
    // What a run says of a trace that is damaged, it says by reading it.
    if (next.value.diagnostics.length > 0) return 'something is wrong with the trace';
    return preparation.finish({ engine: PREPARED_ENGINE, capture: manifest.sha256 });
  }

  async #keep(id: string, key: string, body: Uint8Array | string): Promise<void> {
    await this.#objects.create(key, body, 'application/octet-stream');
    // The trace may have been deleted meanwhile, and its folder with it.
    if ((await new TraceStore(this.#objects, this.#tenant).find(id)) === undefined) await this.#objects.delete(key);
  }

  async #read(key: string, { sha256 }: TraceManifest): Promise<PreparedTrace | undefined> {
    const stream = await this.#objects.read(key);
    if (stream === undefined) return undefined;
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    try {
      const trace = new PreparedTrace(bytes);
      if (trace.head.capture === sha256 && trace.head.engine === PREPARED_ENGINE) return trace;
    } catch {
      // Not what was written: dropped below, and made anew by whoever is asked to.
    }
    await this.#objects.delete(key);
    return undefined;
  }

  /** Forms of this engine, and notes that there is none, the widest last. */
  async #kept(id: string): Promise<readonly { readonly key: string; readonly size: number }[]> {
    const kept: { key: string; size: number }[] = [];
    for await (const { key, size } of this.#objects.list(this.#folder(id))) kept.push({ key, size });
    return kept;
  }

  #folder(id: string): string {
    return KEYS.preparedBy(this.#tenant, id, PREPARED_ENGINE);
  }
}
