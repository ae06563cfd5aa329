import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';
import { piecesOf } from './pieces.ts';

/** One part of a multipart upload. R2 wants all parts but the last of one size; S3 wants 5 MiB at least. */
export const PART_BYTES = 8 * 1024 * 1024;

/** An object to be written. */
export interface Target {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType: string;
}

/**
 * Uploads bytes of unknown length as an S3 multipart upload, one part in memory at a time. When the bytes or the store
 * fail, the upload is aborted, so that no invisible parts stay. An error of the bytes themselves comes out as it is.
 *
 * @param tried makes a request to the store, a few times if it must
 */
export async function uploadInParts(
  client: S3Client,
  target: Target,
  chunks: AsyncIterable<Uint8Array>,
  tried: <T>(work: (abortSignal: AbortSignal, time: number) => Promise<T>) => Promise<T>,
): Promise<void> {
  const { Bucket, Key } = target;
  const create = new CreateMultipartUploadCommand({ ...target });
  const { UploadId } = await tried((abortSignal) => client.send(create, { abortSignal }));
  const parts: CompletedPart[] = [];
  try {
    for await (const Body of piecesOf(chunks, PART_BYTES)) {
      const PartNumber = parts.length + 1;
      const part = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body });
      const { ETag } = await tried((abortSignal) => client.send(part, { abortSignal }));
      parts.push({ PartNumber, ETag });
    }
    const complete = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: parts } });
    await tried((abortSignal, time) =>
      client.send(complete, { abortSignal }).catch((error: unknown) => {
        // It was completed the first time, with an answer that was lost; the name is ours alone.
        if (time === 1 || (error as Error).name !== 'NoSuchUpload') throw error;
      }),
    );
  } catch (error) {
    // The first error is the one to tell; a failing abort leaves parts that the store's own expiry removes.
    const abort = new AbortMultipartUploadCommand({ Bucket, Key, UploadId });
    await tried((abortSignal) => client.send(abort, { abortSignal })).catch(() => {});
    throw error;
  }
}
