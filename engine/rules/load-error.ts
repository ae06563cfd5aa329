import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Context } from './context.ts';

/** Something that stops a file, or the rules, from being loaded; thrown and caught within this room only. */
export class LoadError extends Error {
  readonly code: string;
  readonly context: Context;
  readonly hint: string | undefined;

  constructor(code: string, message: ByteString, context: Context, hint?: string) {
    super(toUnicode(message));
    this.code = code;
    this.context = context;
    this.hint = hint;
  }
}

/** Refuses the structure of a file. */
export function invalidStructure(message: ByteString, context: Context, hint?: string): never {
  throw new LoadError('LOAD_ERR_YAML_VALIDATE', message, context, hint);
}

/** Refuses what an item says. */
export function invalidItem(message: ByteString, context: Context, hint?: string): never {
  throw new LoadError('LOAD_ERR_VALIDATE', message, context, hint);
}
