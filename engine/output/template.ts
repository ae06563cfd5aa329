import type { Field } from '../fields/field.ts';
import type { ByteString } from '../model/byte-string.ts';

/** An output ready to be rendered: `opened %fd.name by %10proc.name`. */
export interface Template {
  readonly pieces: readonly Piece[];
  /** The plain fields it mentions, those inside transformers too, by their keys in JSON. */
  readonly fields: ReadonlyMap<string, Field>;
}

/** A part of an output: text as it stands, or a field. */
export type Piece = ByteString | FieldPiece;

/** A field in an output. */
export interface FieldPiece {
  readonly field: Field;
  /** Bytes that its text is cut or padded to; 0 leaves it as it is. */
  readonly width: number;
}

/** A field beside the output, which only JSON shows. */
export interface ExtraField {
  readonly key: string;
  readonly template: Template;
  /** True to show the value of the one field with its type, false for the template's text. */
  readonly raw: boolean;
}
