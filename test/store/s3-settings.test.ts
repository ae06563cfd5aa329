import { describe, expect, it } from 'vitest';
import { s3SettingsOf, SettingsError } from '../../functions/store/s3-settings.ts';

const KEYS = { S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' };

describe('the S3 settings', () => {
  it.each([
    ['none', {}, undefined],
    ['empty ones', { S3_BUCKET: '', S3_ENDPOINT: '' }, undefined],
    [
      'a server of its own',
      { S3_ENDPOINT: 'http://minio:9000', S3_BUCKET: 'b', ...KEYS },
      { endpoint: 'http://minio:9000', region: 'auto', bucket: 'b', pathStyle: true },
    ],
    [
      'AWS with a role',
      { S3_BUCKET: 'b', S3_REGION: 'eu-central-1' },
      { endpoint: undefined, region: 'eu-central-1', credentials: undefined, pathStyle: false },
    ],
    [
      'a server that wants the bucket in its name',
      { S3_ENDPOINT: 'https://s3.example.com', S3_BUCKET: 'b', S3_FORCE_PATH_STYLE: 'false' },
      { pathStyle: false },
    ],
  ])('are read: %s', (_, env, expected) => {
    const settings = s3SettingsOf(env);
    if (expected === undefined) expect(settings).toBeUndefined();
    else expect(settings).toMatchObject(expected);
  });

  it.each([
    ['no bucket', { S3_ENDPOINT: 'http://minio:9000' }, 'S3_BUCKET is missing'],
    ['no secret', { S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'id' }, 'belong together'],
    ['no URL', { S3_BUCKET: 'b', S3_ENDPOINT: 'minio' }, "S3_ENDPOINT is no URL: 'minio'"],
  ])('are refused when they are incomplete: %s', (_, env, message) => {
    expect(() => s3SettingsOf(env)).toThrow(SettingsError);
    expect(() => s3SettingsOf(env)).toThrow(message);
  });
});
