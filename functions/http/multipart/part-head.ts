import { Refusal } from '../problem.ts';

/** What the headers of a part say. */
export interface PartHead {
  readonly name: string;
  /** Present when the part is a file. */
  readonly filename: string | undefined;
}

/** Reads a part's headers (RFC 7578, section 4.2): name and file name of its `Content-Disposition`. */
export function readPartHead(head: string): PartHead {
  const line = head.split('\r\n').find((candidate) => /^content-disposition\s*:/i.test(candidate));
  const parameters = new Map<string, string>();
  for (const [, key, quoted, plain] of (line ?? '').matchAll(
    /;\s*([\w*]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]*))/g,
  )) {
    parameters.set((key as string).toLowerCase(), quoted === undefined ? (plain as string) : unescape(quoted));
  }
  const name = parameters.get('name');
  if (name === undefined) {
    throw new Refusal('MALFORMED_MULTIPART', "the form can't be read: a part has no name in its Content-Disposition");
  }
  return { name, filename: parameters.get('filename') };
}

/** Browsers write `%22` for a quote, `%0D` and `%0A` for line ends; curl puts a backslash before a quote. */
function unescape(text: string): string {
  return text
    .replace(/\\(["\\])/g, '$1')
    .replace(/%(22|0D|0A)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The boundary that a `Content-Type` of `multipart/form-data` names. */
export function boundaryOf(contentType: string): string {
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined) {
    throw new Refusal('MALFORMED_MULTIPART', "the form can't be read: its Content-Type names no boundary", {
      hint: 'let your HTTP client set the Content-Type of a form',
    });
  }
  return boundary;
}
