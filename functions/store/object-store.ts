import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { MAX_STORE_PROBE_MS } from '../../engine/model/limits.ts';
import { patiently, PATIENCE, statusOf, type Patience } from './patience.ts';
import { resumedRead, type Opened } from './resumed-read.ts';
import type { S3Settings } from './s3-settings.ts';

/** The store can't be reached or refuses us. Not the user's fault; worth trying again. */
export class StoreUnavailable extends Error {}

/** An object in a listing. */
export interface Listed {
  readonly key: string;
  readonly size: number;
  /** When it was written, in milliseconds since the epoch, by the store's clock. */
  readonly modified: number;
}

/** One page of a listing of folders. */
export interface ListedFolders {
  /** The parts of the names behind the prefix up to the next `/`, in order. */
  readonly folders: readonly string[];
  readonly more: boolean;
}

/**
 * Objects in S3 as this service uses them: immutable, created once or written under the hash of their content. Only
 * what AWS, R2, MinIO and Ceph all do is used: no `If-Match`, no tags, no lifecycle.
 */
export class ObjectStore {
  readonly #settings: S3Settings;
  readonly #bucket: string;
  readonly #patience: Patience;
  #client: S3Client | undefined;
  #signer: S3Client | undefined;

  /** @param patience how long and how often the store is tried */
  constructor(settings: S3Settings, patience: Patience = PATIENCE) {
    this.#patience = patience;
    this.#bucket = settings.bucket;
    this.#settings = settings;
  }

  /** Throws StoreUnavailable unless the store answers and lets us list the bucket; asks it once. */
  async reachable(): Promise<void> {
    const { sdk, client } = await this.#s3();
    const command = new sdk.ListObjectsV2Command({ Bucket: this.#bucket, Prefix: 't/', MaxKeys: 1 });
    const once = { ...this.#patience, tries: 1, answerMs: Math.min(this.#patience.answerMs, MAX_STORE_PROBE_MS) };
    await patiently(once, (abortSignal) => client.send(command, { abortSignal })).catch((error: unknown) => {
      throw unavailable(error);
    });
  }

  /** Writes an object that must not exist yet; false when it does. */
  async create(key: string, body: Uint8Array | string, contentType: string): Promise<boolean> {
    const { sdk, client } = await this.#s3();
    const about = { ...this.#at(key), ContentType: contentType, IfNoneMatch: '*' };
    const command = new sdk.PutObjectCommand({ ...about, Body: body });
    let isAgain = false;
    try {
      await patiently(this.#patience, (abortSignal, time) => {
        isAgain = time > 1;
        return client.send(command, { abortSignal });
      });
      return true;
    } catch (error) {
      // 409: another one creates it at this moment.
      const status = statusOf(error);
      if (status !== 412 && status !== 409) throw unavailable(error);
      // It may be our own: written the first time, with an answer that was lost.
      return isAgain && (await this.#holds(key, body));
    }
  }

  /** Writes bytes of any length while they arrive, holding one part at a time; nothing is left when they fail. */
  async upload(key: string, chunks: AsyncIterable<Uint8Array>, contentType: string): Promise<void> {
    const [{ client }, { uploadInParts }] = await Promise.all([this.#s3(), import('./upload-in-parts.ts')]);
    await uploadInParts(client, { ...this.#at(key), ContentType: contentType }, chunks, (work) => this.#tried(work));
  }

  /** The bytes of an object, gone on with where the connection breaks; undefined when there is none. */
  async read(key: string): Promise<ReadableStream<Uint8Array> | undefined> {
    const first = await this.#open(key, 0);
    if (first === undefined) return undefined;
    const open = async (from: number): Promise<Opened> => {
      const opened = await this.#open(key, from);
      if (opened === undefined) throw new StoreUnavailable('an object was deleted while it was read');
      return opened;
    };
    return resumedRead(first, open, this.#patience, unavailable);
  }

  /** The text of a small object; undefined when there is none. */
  async readText(key: string): Promise<string | undefined> {
    const bytes = await this.#whole(key);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  /**
   * An address to which anyone may PUT this object.
   *
   * @param seconds how long it is good for
   */
  async addressToPut(key: string, seconds: number): Promise<string> {
    const { sdk, client } = await this.#s3();
    const { publicEndpoint } = this.#settings;
    this.#signer ??= publicEndpoint === undefined ? client : clientFor(sdk, this.#settings, publicEndpoint);
    // By the store's clock, as far as the client has learned it: ours may be wrong by more than an address is good for.
    const signingDate = new Date(Date.now() + client.config.systemClockOffset);
    return sdk.getSignedUrl(this.#signer, new sdk.PutObjectCommand(this.#at(key)), { expiresIn: seconds, signingDate });
  }

  /** Copies an object within the store. */
  async copy(from: string, to: string): Promise<void> {
    const { sdk, client } = await this.#s3();
    const command = new sdk.CopyObjectCommand({ ...this.#at(to), CopySource: `${this.#bucket}/${from}` });
    await this.#tried((abortSignal) => client.send(command, { abortSignal }));
  }

  /** Deletes an object, or nothing. */
  async delete(key: string): Promise<void> {
    const { sdk, client } = await this.#s3();
    const command = new sdk.DeleteObjectCommand(this.#at(key));
    await this.#tried((abortSignal) => client.send(command, { abortSignal }));
  }

  /**
   * Lists the folders below a prefix.
   *
   * @param after a folder's name; those behind it are listed
   * @param limit at most 1,000
   */
  async listFolders(prefix: string, after: string | undefined, limit: number): Promise<ListedFolders> {
    const { sdk, client } = await this.#s3();
    const command = new sdk.ListObjectsV2Command({
      Bucket: this.#bucket,
      Prefix: prefix,
      Delimiter: '/',
      MaxKeys: limit,
      // Behind every key of that folder: `0` follows `/`.
      ...(after === undefined ? {} : { StartAfter: `${prefix}${after}0` }),
    });
    const answer = await this.#tried((abortSignal) => client.send(command, { abortSignal }));
    const folders = (answer.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix.slice(prefix.length, -1));
    return { folders, more: answer.IsTruncated === true };
  }

  /** All objects whose names begin so, in order, a page of a thousand at a time. */
  async *list(prefix: string): AsyncGenerator<Listed> {
    const { sdk, client } = await this.#s3();
    let after: string | undefined;
    do {
      const command = new sdk.ListObjectsV2Command({
        Bucket: this.#bucket,
        Prefix: prefix,
        ...(after === undefined ? {} : { StartAfter: after }),
      });
      const answer = await this.#tried((abortSignal) => client.send(command, { abortSignal }));
      const objects = (answer.Contents ?? []).map(({ Key = '', Size = 0, LastModified }) => ({
        key: Key,
        size: Size,
        modified: LastModified?.getTime() ?? Infinity,
      }));
      yield* objects;
      after = answer.IsTruncated === true ? objects.at(-1)?.key : undefined;
    } while (after !== undefined);
  }

  /** The SDK, and the client by which the store is asked. */
  async #s3(): Promise<{ readonly sdk: Sdk; readonly client: S3Client }> {
    const sdk = await import('./s3-sdk.ts');
    this.#client ??= clientFor(sdk, this.#settings, this.#settings.endpoint);
    return { sdk, client: this.#client };
  }

  /** A request to the store, with patience; throws StoreUnavailable when that is at its end. */
  async #tried<T>(work: (signal: AbortSignal, time: number) => Promise<T>): Promise<T> {
    try {
      return await patiently(this.#patience, work);
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Begins to read an object from a byte on; undefined when there is none. */
  async #open(key: string, from: number): Promise<Opened | undefined> {
    const { sdk, client } = await this.#s3();
    const command = new sdk.GetObjectCommand({ ...this.#at(key), ...(from > 0 && { Range: `bytes=${from}-` }) });
    let controller = new AbortController();
    const answer = await this.#found((signal) => {
      // Outlives the answer: a body that falls silent is let go by it.
      controller = new AbortController();
      signal.addEventListener('abort', () => controller.abort(), { once: true });
      return client.send(command, { abortSignal: controller.signal });
    });
    if (answer === undefined) return undefined;
    if (from > 0 && answer.ContentRange === undefined) throw new StoreUnavailable('the store does not know ranges');
    return { body: webStream(bodyOf(answer)), length: answer.ContentLength, abort: () => controller.abort() };
  }

  /** All bytes of a small object; undefined when there is none. */
  async #whole(key: string): Promise<Uint8Array | undefined> {
    const { sdk, client } = await this.#s3();
    return this.#found(async (abortSignal) => {
      const answer = await client.send(new sdk.GetObjectCommand(this.#at(key)), { abortSignal });
      const bytes = await bodyOf(answer).transformToByteArray();
      const told = answer.ContentLength ?? bytes.length;
      if (bytes.length !== told) throw new Error(`the body ended after ${bytes.length} of ${told} bytes`);
      return bytes;
    });
  }

  async #found<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    try {
      return await patiently(this.#patience, work);
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw unavailable(error);
    }
  }

  async #holds(key: string, body: Uint8Array | string): Promise<boolean> {
    const ours = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const kept = await this.#whole(key);
    return kept !== undefined && kept.length === ours.length && kept.every((byte, i) => byte === ours[i]);
  }

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: key };
  }
}

type Sdk = typeof import('./s3-sdk.ts');

function clientFor(sdk: Sdk, settings: S3Settings, endpoint: string | undefined): S3Client {
  return new sdk.S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(settings.credentials === undefined ? {} : { credentials: settings.credentials }),
    region: settings.region,
    forcePathStyle: settings.pathStyle,
    // We try again by ourselves (`patience.ts`).
    maxAttempts: 1,
    // The SDK's default sends chunked trailers that several servers refuse, and some store as if they were content.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** The SDK gives a web stream in workerd and one of Node's own in Node. */
function webStream(body: object): ReadableStream<Uint8Array> {
  if (body instanceof ReadableStream) return body;
  return (body as { transformToWebStream(): ReadableStream<Uint8Array> }).transformToWebStream();
}

function bodyOf({ Body }: GetObjectCommandOutput): NonNullable<GetObjectCommandOutput['Body']> {
  if (Body === undefined) throw new StoreUnavailable('the store answered without a body');
  return Body;
}

function unavailable(error: unknown): Error {
  if (error instanceof StoreUnavailable) return error;
  const { name, message } = error as Error;
  return new StoreUnavailable(`S3: ${name}${message === '' ? '' : `: ${message}`}`, { cause: error });
}
