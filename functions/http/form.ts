import { MAX_REQUEST_BYTES, MAX_RULE_FILE_BYTES, MAX_RULE_SET_BYTES } from '../../engine/model/limits.ts';
import { capture, type Capture } from './capture.ts';
import { jsonOf } from './json-body.ts';
import { boundaryOf } from './multipart/part-head.ts';
import { readParts, type Part } from './multipart/read-parts.ts';
import { Refusal } from './problem.ts';
import { bodyOf, bounded, mediaTypeOf, textOf, tooLarge } from './request-body.ts';

/** How the parts of a form become the members that the JSON body of the same request has. */
export interface FormShape {
  /** Members that are lists: their parts may come several times, in order. */
  readonly lists: readonly string[];
  /** Members that are texts with a name: as a file, `{ name, text }`; as a plain part, a string. */
  readonly files: readonly string[];
  /** The member that may be a capture: a file is streamed, a plain part is a string. */
  readonly capture?: string;
  /** Members without which a capture can't be used; a large one must stand behind them. */
  readonly needed?: readonly string[];
  /** The member that a body which is YAML itself stands for. */
  readonly yaml?: string;
  /** Most bytes of the whole body. */
  readonly maxBytes: number;
}

/** A request's body: members for a schema to check, and the capture that came with it. */
export interface Form {
  readonly members: unknown;
  readonly capture: Capture | undefined;
}

/** Reads a body of JSON, of a multipart form, or of YAML into one form. Refuses other types. */
export async function readForm(request: Request, shape: FormShape): Promise<Form> {
  const type = mediaTypeOf(request);
  if (type === 'application/json') {
    const text = await textOf(bodyOf(request, MAX_REQUEST_BYTES), 'the body');
    return { members: jsonOf(text), capture: undefined };
  }
  if (type === 'multipart/form-data') return readMultipart(request, shape);
  if (shape.yaml !== undefined && YAML_TYPES.includes(type)) {
    const text = await textOf(bodyOf(request, MAX_RULE_FILE_BYTES), 'the body');
    return { members: { [shape.yaml]: shape.lists.includes(shape.yaml) ? [text] : text }, capture: undefined };
  }
  const taken = ['application/json', 'multipart/form-data', ...(shape.yaml === undefined ? [] : ['application/yaml'])];
  throw new Refusal('UNSUPPORTED_MEDIA_TYPE', type === '' ? 'the body has no Content-Type' : `the body is ${type}`, {
    hint: `send ${taken.join(' or ')}`,
  });
}

/** Answers a request from its form. When that fails, the rest of the body is let go. */
export async function answerForm(
  request: Request,
  shape: FormShape,
  answer: (form: Form) => Promise<Response>,
): Promise<Response> {
  const form = await readForm(request, shape);
  try {
    return await answer(form);
  } catch (error) {
    await form.capture?.close();
    throw error;
  }
}

const YAML_TYPES = ['application/yaml', 'text/yaml', 'application/x-yaml', 'text/x-yaml'];

async function readMultipart(request: Request, shape: FormShape): Promise<Form> {
  const chunks = bodyOf(request, shape.maxBytes);
  const parts = readParts(chunks, boundaryOf(request.headers.get('content-type') ?? ''));
  const members: Record<string, unknown> = {};
  let textBytes = 0;
  for (;;) {
    const { value: part, done } = await parts.next();
    if (done === true) return { members, capture: undefined };
    if (part.name === shape.capture && part.filename !== undefined) {
      if (members[part.name] !== undefined) throw repeated(part.name);
      const found = await capture(part, parts, (later) => takeText(later, members, shape));
      const missing = found.arriving ? shape.needed?.find((name) => members[name] === undefined) : undefined;
      if (missing === undefined) return { members, capture: found };
      await found.close();
      throw outOfOrder(missing);
    }
    textBytes += await takeText(part, members, shape);
    if (textBytes > MAX_RULE_SET_BYTES) throw tooLarge('all rules together', MAX_RULE_SET_BYTES);
  }
}

/** Puts a part that is a text among the members; answers its length. */
async function takeText(part: Part, members: Record<string, unknown>, shape: FormShape): Promise<number> {
  const { name, filename } = part;
  const what = `the part ${name}`;
  const text = await textOf(bounded(part.body, MAX_RULE_FILE_BYTES, what), what);
  const value =
    shape.files.includes(name) && filename !== undefined && filename !== '' ? { name: filename, text } : text;
  if (shape.lists.includes(name)) {
    const list = (members[name] ??= []);
    (list as unknown[]).push(value);
  } else if (Object.hasOwn(members, name)) throw repeated(name);
  else Object.defineProperty(members, name, { value, enumerable: true, writable: true });
  return text.length;
}

function outOfOrder(missing: string): Refusal {
  const message = `the part ${missing} is not there yet when a large capture comes`;
  return new Refusal('INVALID_REQUEST', message, { hint: 'put the capture last in the form' });
}

function repeated(name: string): Refusal {
  return new Refusal('INVALID_REQUEST', `the part ${name} comes twice`, {
    errors: [{ pointer: name, message: 'one is enough' }],
  });
}
