/** Where objects are kept: any S3. The names are those of the environment variables that set them. */
export interface S3Settings {
  /** `S3_ENDPOINT`; undefined means AWS itself. */
  readonly endpoint: string | undefined;
  /** `S3_PUBLIC_ENDPOINT`: where others reach the store, if not at the endpoint; what is signed for them is for it. */
  readonly publicEndpoint?: string | undefined;
  /** `S3_REGION`; `auto` where the endpoint doesn't care. */
  readonly region: string;
  /** `S3_BUCKET`. */
  readonly bucket: string;
  /** `S3_ACCESS_KEY_ID` and `S3_SECRET_ACCESS_KEY`; undefined leaves it to the AWS SDK to find them (a role). */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** `S3_FORCE_PATH_STYLE`: the bucket stands in the path, not in the host name. What most servers but AWS want. */
  readonly pathStyle: boolean;
}

/** The variables among these that set where objects are kept. */
export function s3Variables(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(env).filter(
    ([name, value]) => name.startsWith('S3_') && value !== undefined && value !== '',
  );
  return Object.fromEntries(given as [string, string][]);
}

/** A store in words, for people. */
export function storeName({ endpoint, bucket }: S3Settings): string {
  return `${endpoint ?? 'AWS S3'}, bucket ${bucket}`;
}

/** Something in the environment is missing or contradicts itself; the message says what to set. */
export class SettingsError extends Error {}

/**
 * Reads the `S3_*` variables. Undefined when none is set; throws SettingsError when they are incomplete, for half a
 * configuration must not end in the embedded store.
 */
export function s3SettingsOf(env: Readonly<Record<string, string | undefined>>): S3Settings | undefined {
  const given = s3Variables(env);
  const value = (name: string): string | undefined => given[name];
  const names = Object.keys(given);
  if (names.length === 0) return undefined;
  const bucket = value('S3_BUCKET');
  if (bucket === undefined) throw new SettingsError(`S3_BUCKET is missing beside ${names.join(', ')}`);
  const endpoint = value('S3_ENDPOINT');
  if (endpoint !== undefined && !URL.canParse(endpoint)) {
    throw new SettingsError(`S3_ENDPOINT is no URL: '${endpoint}'`);
  }
  const publicEndpoint = value('S3_PUBLIC_ENDPOINT');
  if (publicEndpoint !== undefined && !URL.canParse(publicEndpoint)) {
    throw new SettingsError(`S3_PUBLIC_ENDPOINT is no URL: '${publicEndpoint}'`);
  }
  const accessKeyId = value('S3_ACCESS_KEY_ID');
  const secretAccessKey = value('S3_SECRET_ACCESS_KEY');
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw new SettingsError('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: one of them is missing');
  }
  return {
    endpoint,
    ...(publicEndpoint === undefined ? {} : { publicEndpoint }),
    region: value('S3_REGION') ?? (endpoint === undefined ? 'us-east-1' : 'auto'),
    bucket,
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey },
    pathStyle: value('S3_FORCE_PATH_STYLE') !== 'false' && endpoint !== undefined,
  };
}
