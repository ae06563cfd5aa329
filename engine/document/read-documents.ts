import type { Diagnostic } from '../model/diagnostic.ts';
import { MAX_YAML_NODES } from '../model/limits.ts';
import type { Source } from '../model/source.ts';
import { compose } from './compose.ts';
import { DocumentText } from './document-text.ts';
import { expandedSize } from './expanded-size.ts';
import { falcoWords } from './falco-words.ts';
import type { Mark } from './mark.ts';
import type { Node } from './node.ts';
import { syntaxHint } from './syntax-hint.ts';
import { yamlEvents, type YamlProblem } from './yaml-events.ts';

/** The documents of a file; none when its text isn't YAML. */
export interface Documents {
  readonly text: DocumentText;
  /** Up to the first document without content, which ends the file. */
  readonly documents: readonly Node[];
  readonly diagnostics: readonly Diagnostic[];
  /** The first syntax error in Falco's words, and where it is. */
  readonly syntaxError: { readonly words: string; readonly mark: Mark } | undefined;
}

/**
 * Reads YAML in the ways of Falco's reader yaml-cpp: every scalar is a text, the first of two equal keys counts, merge
 * keys mean nothing, a document without content ends the file. Codes: `YAML_SYNTAX`, `LIMIT_YAML_NODES`.
 */
export function readDocuments(source: Source): Documents {
  const text = new DocumentText(source);
  const parsed = yamlEvents(text.characters);
  const composed = 'problem' in parsed ? parsed : compose(text, parsed.events);
  if ('problem' in composed) return refused(text, composed.problem);
  const bomb = composed.documents.find((document) => expandedSize(document) > MAX_YAML_NODES);
  if (bomb !== undefined) return { text, documents: [], diagnostics: [tooLarge(bomb)], syntaxError: undefined };
  return { text, documents: composed.documents, diagnostics: [], syntaxError: undefined };
}

function refused(text: DocumentText, { message, offset }: YamlProblem): Documents {
  const mark = text.mark(offset);
  const span = text.span(mark.offset, Math.min(mark.offset + 1, text.bytes.length));
  const hint = syntaxHint(message, text.characters.charCodeAt(offset));
  const diagnostic: Diagnostic = { code: 'YAML_SYNTAX', severity: 'error', message, span, ...(hint && { hint }) };
  return {
    text,
    documents: [],
    diagnostics: [diagnostic],
    syntaxError: { words: falcoWords(message, text.characters, offset), mark },
  };
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
