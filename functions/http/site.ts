/** The service's own files: pages, their scripts and styles, and the scenarios. Built by `functions/web/build-site.ts`. */
export interface Site {
  /** A file by its path from `/`; undefined when there is none. Never follows `..`. */
  file(path: string): Promise<SiteFile | undefined>;
}

/** A file of the site. */
export interface SiteFile {
  readonly body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  yaml: 'application/yaml; charset=utf-8',
};

/** The media type for a file name; the same table in every runtime. */
export function contentTypeOf(path: string): string {
  return TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
