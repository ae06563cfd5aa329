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
 * fail, the upload is aborted, so that no invisible parts stay. Errors of the store go through `asStoreError`; an error
 * of the bytes themselves comes out as it is.
 */
export async function uploadInParts(
  client: S3Client,
  target: Target,
  chunks: AsyncIterable<Uint8Array>,
  asStoreError: (error: unknown) => Error,
): Promise<void> {
  const send = async <T>(operation: Promise<T>): Promise<T> =>
    operation.catch((error: unknown) => {
      throw asStoreError(error);
    });
  const { Bucket, Key } = target;
  const { UploadId } = await send(client.send(new CreateMultipartUploadCommand({ ...target })));
  const parts: CompletedPart[] = [];
  try {
    for await (const Body of piecesOf(chunks, PART_BYTES)) {
      const PartNumber = parts.length + 1;
      const { ETag } = await send(client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body })));
      parts.push({ PartNumber, ETag });
    }
    await send(
      client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: parts } })),
    );
  } catch (error) {
    // The first error is the one to tell; a failing abort leaves parts that the store's own expiry removes.
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => {});
    throw error;
  }
}
