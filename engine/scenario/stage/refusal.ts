import type { ByteString } from '../../model/byte-string.ts';

/**
 * A step that can't be played as it is written: an actor that is gone, a name that nothing has. Thrown on the stage and
 * caught where steps are performed; no other room sees it.
 */
export class Refusal extends Error {
  readonly code: string;
  /** The part of the step it is about: `subject`, `object` or a key. */
  readonly part: string;
  readonly hint: string | undefined;
  /** The name that is not known, where that is what is wrong. */
  readonly missing: ByteString | undefined;

  constructor(code: string, part: string, message: string, hint?: string, missing?: ByteString) {
    super(message);
    this.missing = missing;
    this.code = code;
    this.part = part;
    this.hint = hint;
  }
}
