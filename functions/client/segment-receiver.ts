import { open } from 'node:fs/promises';
import { readManifest } from '../../agent/segments/manifest-file.ts';
import type { Outcome, Receiver } from '../../agent/spool/sender.ts';
import type { SpooledSegment } from '../../agent/spool/spool.ts';
import type { SpooledRecording } from '../../agent/spool/spooled-recording.ts';
import { fileSource } from './put-trace.ts';
import { sendParts } from './send-parts.ts';
import { ServiceError, type ServiceClient } from './service-client.ts';

/**
 * What the service answers when it will take nothing more of a recording (a new token goes on in a new one), and when it
 * will never take a segment.
 */
const GONE = new Set(['UNKNOWN_RECORDING', 'RECORDING_CLOSED', 'RECORDING_OF_ANOTHER']);
const REFUSED = new Set(['TRACE_REFUSED', 'SEGMENT_DIFFERS']);

/** Sends segments to a service: each is announced, sent in parts to signed addresses, and kept once, however often it is tried. */
export class SegmentReceiver implements Receiver {
  readonly #client: ServiceClient;
  readonly #labels: Readonly<Record<string, string>>;
  /** Ids of recordings by key. */
  readonly #ids = new Map<string, string>();

  /** @param labels what is said of each recording */
  constructor(client: ServiceClient, labels: Readonly<Record<string, string>> = {}) {
    this.#client = client;
    this.#labels = labels;
  }

  async send(segment: SpooledSegment): Promise<Outcome> {
    try {
      const id = await this.#idOf(segment.recording);
      await this.#sendTo(id, segment);
      return 'kept';
    } catch (error) {
      const { code = '' } = error instanceof ServiceError ? error : {};
      if (GONE.has(code)) return 'gone';
      if (REFUSED.has(code)) return 'refused';
      throw error;
    }
  }

  async close(recording: SpooledRecording): Promise<'closed' | 'gone'> {
    try {
      const id = await this.#idOf(recording);
      const body = { segments: recording.last, lost: recording.lost };
      await this.#client.call('POST /v1/recordings/{id}/close', { params: { id }, body });
      this.#ids.delete(recording.key);
      return 'closed';
    } catch (error) {
      if (error instanceof ServiceError && GONE.has(error.code ?? '')) return 'gone';
      throw error;
    }
  }

  /** A recording is begun as often as it is asked for, and is the same by its key. */
  async #idOf({ key, name }: SpooledRecording): Promise<string> {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const labels = this.#labels;
    const { id } = await this.#client.call('POST /v1/recordings', { body: { key, name, labels } });
    this.#ids.set(key, id);
    return id;
  }

  async #sendTo(id: string, { path, sequence, bytes, sha256 }: SpooledSegment): Promise<void> {
    const manifest = readManifest(path);
    const body = { sequence, size: bytes, sha256, ...(manifest !== undefined && { manifest: { ...manifest } }) };
    const upload = await this.#client.call('POST /v1/recordings/{id}/segments', { params: { id }, body });
    if (upload.kept) return;
    const file = await open(path, 'r');
    try {
      await sendParts(this.#client, fileSource(file, bytes), upload, {});
    } finally {
      await file.close();
    }
  }
}
