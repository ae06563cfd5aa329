/**
 * The parts of the AWS SDK that the store needs. They are loaded with the first request to S3: evaluating them takes
 * longer than all of our own code does, and many answers need no store.
 */
export {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
export { getSignedUrl } from '@aws-sdk/s3-request-presigner';
