import type { SegmentUpload, Upload } from './service-api.ts';
import { ServiceError, type ServiceClient } from './service-client.ts';
import type { Answer } from './service-routes.ts';

/** Parts that are on their way at a time; each is held in memory. */
const PARTS_AT_ONCE = 4;
/** Times that parts which did not arrive are sent again. */
const MOST_ROUNDS = 5;

/** What is sent in parts: a file of a disk or of a page. */
export interface PartSource {
  /** Bytes. */
  readonly size: number;
  read(from: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** How parts are sent. */
export interface SendOptions {
  /** Straight to the store by addresses that the service signs, unless only the service can be reached. */
  readonly by?: 'store' | 'service';
  /** Told how many bytes the service has by now. */
  onProgress?(bytes: number): void;
}

/** Sends the parts that the service lacks, until it has them all; answers what the service keeps. */
export async function sendParts(
  client: ServiceClient,
  source: PartSource,
  upload: Upload | SegmentUpload,
  { by = 'store', onProgress = () => {} }: SendOptions,
): Promise<Answer<'POST /v1/uploads/{id}/complete'>> {
  const { id, partSize } = upload;
  const here = new Set(upload.arrived.map(({ number }) => number));
  let missing = Array.from({ length: upload.parts }, (_, i) => i + 1).filter((number) => !here.has(number));
  for (let round = 1; ; round++) {
    let done = upload.parts - missing.length;
    onProgress(Math.min(source.size, done * partSize));
    for (let at = 0; at < missing.length; at += PARTS_AT_ONCE) {
      const some = missing.slice(at, at + PARTS_AT_ONCE);
      await sendSome(client, source, { id, partSize, by }, some, () =>
        onProgress(Math.min(source.size, ++done * partSize)),
      );
    }
    try {
      return await client.call('POST /v1/uploads/{id}/complete', { params: { id } });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'UPLOAD_INCOMPLETE' || round === MOST_ROUNDS) throw error;
      missing = [...(error.body['missing'] as number[])];
    }
  }
}

/** Sends a few parts at a time. An address that is no longer good shows as a part that is missing at the end. */
async function sendSome(
  client: ServiceClient,
  source: PartSource,
  upload: { readonly id: string; readonly partSize: number; readonly by: 'store' | 'service' },
  parts: readonly number[],
  onSent: () => void,
): Promise<void> {
  const { id, partSize, by } = upload;
  const partOf = (number: number): Promise<Uint8Array<ArrayBuffer>> => {
    const from = (number - 1) * partSize;
    return source.read(from, Math.min(partSize, source.size - from));
  };
  if (by === 'service') {
    const send = async (number: number): Promise<void> => {
      const bytes = await partOf(number);
      await client.call('PUT /v1/uploads/{id}/parts/{number}', { params: { id, number }, bytes });
      onSent();
    };
    await Promise.all(parts.map(send));
    return;
  }
  const asked = await client.call('POST /v1/uploads/{id}/parts', { params: { id }, body: { parts } });
  await Promise.all(
    asked.parts.map(async ({ number, url }) => {
      const answer = await client.send(url, { method: 'PUT', body: await partOf(number) });
      await answer.body?.cancel();
      onSent();
    }),
  );
}
