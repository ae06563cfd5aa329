import type { Call } from './api.ts';
import type { AnswerFormat } from './answer-format.ts';
import { problemJson, Refusal } from './problem.ts';
import { refusalOf } from './refusal-of.ts';

/** A run: yields the JSON objects that it finds as it finds them, and gives the JSON of its report. */
export type Run = AsyncGenerator<readonly string[], string>;

/**
 * Answers with what a run finds, while it finds it. The run is started before the answer: when it refuses its input at
 * once, the refusal is thrown here and becomes an answer of its own; when it fails later, the stream ends with the
 * problem. A client that goes away ends the run.
 */
export async function answerRun(call: Call, format: AnswerFormat, uncounted: Run): Promise<Response> {
  const run = call.get('runs').counted(uncounted);
  const first = await run.next();
  const encoder = new TextEncoder();
  const texts = textsOf(format, first, run, call.get('settings').isBackground === true);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await texts.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return();
    },
  });
  return new Response(body, { headers: { 'content-type': format.contentType, 'cache-control': 'no-store' } });
}

async function* textsOf(
  format: AnswerFormat,
  first: IteratorResult<readonly string[], string>,
  run: Run,
  throws: boolean,
): AsyncGenerator<string, void> {
  let listed = 0;
  let pending = format.begin();
  try {
    for (let next = first; ; next = await run.next()) {
      if (next.done === true) {
        yield pending + format.end(next.value);
        return;
      }
      const objects = next.value.slice(0, Math.max(0, format.mostListed - listed));
      if (objects.length === 0) continue;
      yield pending + format.found(objects, listed === 0);
      pending = '';
      listed += objects.length;
    }
  } catch (error) {
    if (throws && !(error instanceof Refusal)) throw error;
    yield pending + format.fail(problemJson(refusalOf(error)));
  } finally {
    await run.return('');
  }
}
