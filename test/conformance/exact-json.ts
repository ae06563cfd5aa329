/** What JavaScript has and its types do not know yet: values that are printed as the text they came from. */
declare global {
  interface JSON {
    rawJSON(text: string): unknown;
  }
}

/** Reads JSON and keeps the digits of numbers: what comes of it prints them as they were written. */
export function parseExact<T>(text: string): T {
  return JSON.parse(text, withDigits as (key: string, value: unknown) => unknown) as T;
}

/** JSON written anew, so that two texts of one meaning are one text: other escapes, other blanks. */
export function normalJson(text: string): string {
  return JSON.stringify(parseExact(text));
}

function withDigits(_key: string, value: unknown, context: { source: string }): unknown {
  return typeof value === 'number' ? JSON.rawJSON(context.source) : value;
}
