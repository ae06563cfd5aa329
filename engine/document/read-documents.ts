import type { Diagnostic } from '../model/diagnostic.ts';
import { MAX_YAML_NODES } from '../model/limits.ts';
import type { Source } from '../model/source.ts';
import { DocumentError } from './cursor.ts';
import { DocumentText } from './document-text.ts';
import { expandedSize } from './expanded-size.ts';
import type { Mark } from './mark.ts';
import type { Node } from './node.ts';
import { Parser } from './parser.ts';
import { syntaxHint } from './syntax-hint.ts';

/** The documents of a file; none when its text isn't YAML. */
export interface Documents {
  readonly text: DocumentText;
  /** Up to the first document without content, which ends the file. */
  readonly documents: readonly Node[];
  readonly diagnostics: readonly Diagnostic[];
  /** The first syntax error in yaml-cpp's words, where it says it is. */
  readonly syntaxError: { readonly message: string; readonly mark: Mark } | undefined;
}

/**
 * Reads YAML as Falco's library yaml-cpp does: every scalar is a text, the first of two equal keys counts, merge keys
 * mean nothing, a document without content ends the file. No other reader accepts and refuses the same texts (of
 * mutated rule files js-yaml judges one in eight differently), so this room has its own. Codes: `YAML_SYNTAX`, `LIMIT_YAML_NODES`.
 */
export function readDocuments(source: Source): Documents {
  const text = new DocumentText(source);
  const parser = new Parser(text);
  const documents: Node[] = [];
  try {
    for (let node = parser.next(); node !== undefined && node.kind !== 'null'; node = parser.next())
      documents.push(node);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const { message, mark } = error;
    const span = text.span(mark.offset, Math.min(mark.offset + 1, text.bytes.length));
    const hint = syntaxHint(message, text.bytes.charCodeAt(mark.offset));
    const diagnostic: Diagnostic = { code: 'YAML_SYNTAX', severity: 'error', message, span, ...(hint && { hint }) };
    return { text, documents: [], diagnostics: [diagnostic], syntaxError: { message, mark } };
  }
  const bomb = documents.find((document) => expandedSize(document) > MAX_YAML_NODES);
  if (bomb === undefined) return { text, documents, diagnostics: [], syntaxError: undefined };
  return { text, documents: [], diagnostics: [tooLarge(bomb)], syntaxError: undefined };
}

function tooLarge(document: Node): Diagnostic {
  return {
    code: 'LIMIT_YAML_NODES',
    severity: 'error',
    message: `document has more than ${MAX_YAML_NODES} values once its aliases are expanded`,
    span: document.document.span(document.mark.offset, document.mark.offset),
    hint: 'split the file, or repeat less through aliases',
  };
}
