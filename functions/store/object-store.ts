import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Settings } from './s3-settings.ts';
import { uploadInParts } from './upload-in-parts.ts';

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
  readonly #client: S3Client;
  /** Signs for the address that others reach the store by. */
  readonly #signer: S3Client;
  readonly #bucket: string;

  constructor(settings: S3Settings) {
    this.#bucket = settings.bucket;
    this.#client = clientFor(settings, settings.endpoint);
    const { publicEndpoint } = settings;
    this.#signer = publicEndpoint === undefined ? this.#client : clientFor(settings, publicEndpoint);
  }

  /** Throws StoreUnavailable unless the store answers and lets us list the bucket. */
  async reachable(): Promise<void> {
    await this.listFolders('t/', undefined, 1);
  }

  /** Writes an object that must not exist yet; false when it does. */
  async create(key: string, body: Uint8Array | string, contentType: string): Promise<boolean> {
    try {
      const command = new PutObjectCommand({
        ...this.#at(key),
        Body: body,
        ContentType: contentType,
        IfNoneMatch: '*',
      });
      await this.#client.send(command);
      return true;
    } catch (error) {
      // 409: another one creates it at this moment.
      const status = statusOf(error);
      if (status === 412 || status === 409) return false;
      throw unavailable(error);
    }
  }

  /** Writes bytes of any length while they arrive, holding one part at a time; nothing is left when they fail. */
  async upload(key: string, chunks: AsyncIterable<Uint8Array>, contentType: string): Promise<void> {
    await uploadInParts(this.#client, { ...this.#at(key), ContentType: contentType }, chunks, unavailable);
  }

  /** The bytes of an object; undefined when there is none. */
  async read(key: string): Promise<ReadableStream<Uint8Array> | undefined> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand(this.#at(key)));
      if (Body === undefined) throw new StoreUnavailable('the store answered without a body');
      return webStream(Body);
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw unavailable(error);
    }
  }

  /** The text of a small object; undefined when there is none. */
  async readText(key: string): Promise<string | undefined> {
    const stream = await this.read(key);
    return stream === undefined ? undefined : new Response(stream).text();
  }

  /**
   * An address to which anyone may PUT this object.
   *
   * @param seconds how long it is good for
   */
  async addressToPut(key: string, seconds: number): Promise<string> {
    return getSignedUrl(this.#signer, new PutObjectCommand(this.#at(key)), { expiresIn: seconds });
  }

  /** Copies an object within the store. */
  async copy(from: string, to: string): Promise<void> {
    try {
      await this.#client.send(new CopyObjectCommand({ ...this.#at(to), CopySource: `${this.#bucket}/${from}` }));
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Deletes an object, or nothing. */
  async delete(key: string): Promise<void> {
    try {
      await this.#client.send(new DeleteObjectCommand(this.#at(key)));
    } catch (error) {
      throw unavailable(error);
    }
  }

  /**
   * Lists the folders below a prefix.
   *
   * @param after a folder's name; those behind it are listed
   * @param limit at most 1,000
   */
  async listFolders(prefix: string, after: string | undefined, limit: number): Promise<ListedFolders> {
    try {
      const answer = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: this.#bucket,
          Prefix: prefix,
          Delimiter: '/',
          MaxKeys: limit,
          // Behind every key of that folder: `0` follows `/`.
          ...(after === undefined ? {} : { StartAfter: `${prefix}${after}0` }),
        }),
      );
      const folders = (answer.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix.slice(prefix.length, -1));
      return { folders, more: answer.IsTruncated === true };
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** All objects whose names begin so, in order, a page of a thousand at a time. */
  async *list(prefix: string): AsyncGenerator<Listed> {
    let after: string | undefined;
    do {
      const command = new ListObjectsV2Command({
        Bucket: this.#bucket,
        Prefix: prefix,
        ...(after === undefined ? {} : { StartAfter: after }),
      });
      const answer = await this.#client.send(command).catch((error: unknown) => {
        throw unavailable(error);
      });
      const objects = (answer.Contents ?? []).map(({ Key = '', Size = 0, LastModified }) => ({
        key: Key,
        size: Size,
        modified: LastModified?.getTime() ?? Infinity,
      }));
      yield* objects;
      after = answer.IsTruncated === true ? objects.at(-1)?.key : undefined;
    } while (after !== undefined);
  }

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: key };
  }
}

function clientFor(settings: S3Settings, endpoint: string | undefined): S3Client {
  return new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(settings.credentials === undefined ? {} : { credentials: settings.credentials }),
    region: settings.region,
    forcePathStyle: settings.pathStyle,
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

function statusOf(error: unknown): number | undefined {
  return (error as Partial<S3ServiceException>).$metadata?.httpStatusCode;
}

function unavailable(error: unknown): Error {
  if (error instanceof StoreUnavailable) return error;
  const { name, message } = error as Error;
  return new StoreUnavailable(`S3: ${name}${message === '' ? '' : `: ${message}`}`, { cause: error });
}
