import { bufferInBase64 } from '../fields/evt/data.ts';
import { isProblem } from '../fields/transform.ts';
import type { Field, FieldFinder } from '../fields/field.ts';

/**
 * Finds what transformers in an output work on. Falco hands them a buffer, or a parameter that is one, as the output
 * would show it, with dots or in base64, where those of a condition get its bytes.
 */
export function shownFinder(find: FieldFinder): FieldFinder {
  return (name, argument) => {
    const field = find(name, argument);
    if (isProblem(field) || field.printed === undefined) return field;
    if (field.row.name === 'evt.arg') return { ...field, read: field.printed };
    return field.row.name === 'evt.buffer' ? shownBuffer(field) : field;
  };
}

/** By itself a buffer in base64 is shown in base64 once more; a transformer gets it before that. */
function shownBuffer(field: Field): Field {
  return {
    ...field,
    read: (moment) => (moment.system.base64Buffers ? bufferInBase64(moment) : field.printed?.(moment)),
  };
}
