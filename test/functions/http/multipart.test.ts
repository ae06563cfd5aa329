import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf } from '../../../functions/http/multipart/part-head.ts';
import { readParts } from '../../../functions/http/multipart/read-parts.ts';

describe('a multipart form', () => {
  it('is read part by part, as browsers and curl write it', async () => {
    const form = new FormData();
    form.append('rules', new File(['- list: a\n'], 'my "own" rules.yaml'));
    form.append('priority', 'warning');
    form.append('trace', new File([Uint8Array.of(0, 13, 10, 45, 45, 13, 10, 255)], 'x.scap'));
    const request = new Request('http://x', { method: 'POST', body: form });
    const parts = await read(
      new Uint8Array(await request.arrayBuffer()),
      boundaryOf(request.headers.get('content-type') ?? ''),
      3,
    );
    expect(parts).toEqual([
      { name: 'rules', filename: 'my "own" rules.yaml', body: '- list: a\n' },
      { name: 'priority', filename: undefined, body: 'warning' },
      { name: 'trace', filename: 'x.scap', body: '\x00\r\n--\r\n\xff' },
    ]);
  });

  it('gives the same parts however it is cut, also when bodies look like boundaries', async () => {
    const piece = fc.constantFrom('\r', '\n', '-', '--', '\r\n--', '\r\n--bound', 'bound', 'x', '\r\n');
    const body = fc
      .array(piece, { maxLength: 12 })
      .map((pieces) => pieces.join(''))
      .filter(isBody);
    await fc.assert(
      fc.asyncProperty(fc.array(body, { maxLength: 4 }), fc.integer({ min: 1, max: 40 }), async (bodies, size) => {
        const parts = await read(formOf(bodies), 'boundary', size);
        expect(parts.map((part) => part.body)).toEqual(bodies);
      }),
    );
  });

  it.each([
    ['ends within a part', '--b\r\ncontent-disposition: form-data; name=a\r\n\r\nhalf'],
    ['ends within the headers of a part', '--b\r\ncontent-disposition: form-data'],
    ['ends after a boundary', '--b'],
    ['is followed by something else than a line end', '--bxx'],
    ['has no name', '--b\r\ncontent-type: text/plain\r\n\r\nx\r\n--b--'],
    ['has no name', '--b\r\n\r\nx\r\n--b--'],
    ['ends within a part', 'no boundary at all'],
    ['longer than 16384 bytes', `--b\r\ncontent-disposition: form-data; name=a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
  ])('is refused when it %s', async (words, text) => {
    await expect(read(new TextEncoder().encode(text), 'b', 5)).rejects.toMatchObject({
      code: 'MALFORMED_MULTIPART',
      message: expect.stringContaining(words),
    });
  });

  it('is refused when it has more parts than anyone sends', async () => {
    await expect(read(formOf(Array.from({ length: 1_001 }, () => '')), 'boundary', 9_999)).rejects.toMatchObject({
      message: expect.stringContaining('more than 1000 parts'),
    });
  });

  it('names its boundary, in quotes or not', () => {
    expect(boundaryOf('multipart/form-data; boundary=abc')).toBe('abc');
    expect(boundaryOf('multipart/form-data; charset=utf-8; boundary="a b:c"')).toBe('a b:c');
    expect(() => boundaryOf('multipart/form-data')).toThrow('names no boundary');
  });
});

/** A body that holds the whole delimiter would end there, in any reader; so would one whose start completes it. */
function isBody(text: string): boolean {
  return !`\r\n${text}`.includes('\r\n--boundary');
}

function formOf(bodies: readonly string[]): Uint8Array {
  const parts = bodies.map((body) => `--boundary\r\nContent-Disposition: form-data; name="a"\r\n\r\n${body}\r\n`);
  return new TextEncoder().encode(`${parts.join('')}--boundary--\r\n`);
}

interface ReadPart {
  readonly name: string;
  readonly filename: string | undefined;
  readonly body: string;
}

async function read(bytes: Uint8Array, boundary: string, size: number): Promise<ReadPart[]> {
  const parts: ReadPart[] = [];
  for await (const { name, filename, body } of readParts(cut(bytes, size), boundary)) {
    let text = '';
    for await (const chunk of body) text += String.fromCharCode(...chunk);
    parts.push({ name, filename, body: text });
  }
  return parts;
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
