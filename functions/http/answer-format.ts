import { accepts } from 'hono/accepts';
import type { Call } from './api.ts';

/** What an answer is made of: what was found, one JSON object each, then a report or the problem that ended it. */
export interface AnswerFormat {
  readonly contentType: string;
  begin(): string;
  /** @param first true when nothing was found before these */
  found(objects: readonly string[], first: boolean): string;
  end(report: string): string;
  fail(problem: string): string;
  /** Most objects that are listed; the report counts all. */
  readonly mostListed: number;
}

/** Words of an answer: the list in JSON, and one of its entries as an event of a stream. */
export interface AnswerWords {
  readonly list: string;
  readonly entry: string;
}

/** The format that a request accepts: JSON, or a stream of lines (NDJSON) or of server-sent events. */
export function answerFormat(call: Call, words: AnswerWords, mostListed: number): AnswerFormat {
  const type = accepts(call, {
    header: 'Accept',
    supports: ['application/json', NDJSON, 'application/jsonl', 'application/ndjson', EVENT_STREAM],
    default: 'application/json',
  });
  if (type === EVENT_STREAM) return eventStream(words);
  return type === 'application/json' ? json(words, mostListed) : ndjson();
}

/** One JSON value a line. */
export const NDJSON = 'application/x-ndjson';
/** Server-sent events. */
export const EVENT_STREAM = 'text/event-stream';

function json({ list }: AnswerWords, mostListed: number): AnswerFormat {
  return {
    contentType: 'application/json',
    mostListed,
    begin: () => `{"${list}":[`,
    found: (objects, first) => `${first ? '\n' : ',\n'}${objects.join(',\n')}`,
    end: (report) => `],\n"report":${report}}\n`,
    fail: (problem) => `],\n"problem":${problem}}\n`,
  };
}

function ndjson(): AnswerFormat {
  return {
    contentType: NDJSON,
    mostListed: Infinity,
    begin: () => '',
    found: (objects) => `${objects.join('\n')}\n`,
    end: (report) => `{"report":${report}}\n`,
    fail: (problem) => `{"problem":${problem}}\n`,
  };
}

function eventStream({ entry }: AnswerWords): AnswerFormat {
  const event = (name: string, data: string): string => `event: ${name}\ndata: ${data}\n\n`;
  return {
    contentType: EVENT_STREAM,
    mostListed: Infinity,
    begin: () => '',
    found: (objects) => objects.map((object) => event(entry, object)).join(''),
    end: (report) => event('report', report),
    fail: (problem) => event('problem', problem),
  };
}
