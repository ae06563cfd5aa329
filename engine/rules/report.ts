import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { MAX_DIAGNOSTICS } from '../model/limits.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import { codeRow } from './codes.ts';
import type { Context } from './context.ts';
import type { LoadError } from './load-error.ts';
import { snippet, type FileBytes } from './snippet.ts';

/** What is said of one file while it is loaded. */
export class Report {
  readonly diagnostics: Diagnostic[] = [];
  /** Counted apart, so that advice never takes the place of one of Falco's warnings. */
  readonly #listed: Record<Severity, number> = { error: 0, warning: 0, lint: 0 };
  readonly #files: FileBytes;
  readonly #advised: Set<string>;

  /** `files` holds the texts of all files, for snippets; `advised` the advice that was given about other files. */
  constructor(files: FileBytes, advised: Set<string>) {
    this.#files = files;
    this.#advised = advised;
  }

  /** Adds one of Falco's warnings. */
  warn(code: string, message: ByteString, context: Context, hint?: string): void {
    if (this.#hasRoom(codeRow(code).severity))
      this.diagnostics.push(this.#diagnostic(code, toUnicode(message), context, hint));
  }

  /** Adds a warning about a field that no longer tells anything. */
  warnDeprecated(field: string, message: string, context: Context): void {
    if (!this.#hasRoom('warning')) return;
    const diagnostic = this.#diagnostic('LOAD_DEPRECATED_ITEM', message, context, undefined);
    this.diagnostics.push({ ...diagnostic, deprecatedField: field });
  }

  /** Adds advice of Creance's own, once, although all is compiled again after each file. */
  advise(diagnostic: Diagnostic): void {
    const { code, span } = diagnostic;
    const key = `${code} ${span?.start} ${span?.source.name}`;
    if (this.#advised.has(key)) return;
    this.#advised.add(key);
    if (this.#hasRoom(diagnostic.severity)) this.diagnostics.push(diagnostic);
  }

  /** Adds the error that ended the loading. */
  fail({ code, message, context, hint }: LoadError): void {
    this.diagnostics.push(this.#diagnostic(code, message, context, hint));
  }

  /** Says how many there were too many of to list. Called at the end of the file. */
  close(file: Context): void {
    const over = (severity: Severity) => Math.max(0, this.#listed[severity] - MAX_DIAGNOSTICS);
    const [warnings, lints] = [over('warning'), over('lint')];
    if (warnings + lints === 0) return;
    const message = `only ${MAX_DIAGNOSTICS} warnings and as much advice are listed of a file: ${warnings} warnings and ${lints} lints are left out`;
    this.diagnostics.push({ code: 'LIMIT_DIAGNOSTICS', severity: 'lint', message, span: file.span });
  }

  #diagnostic(code: string, message: string, context: Context, hint: string | undefined): Diagnostic {
    const { locations, span, shown } = context;
    const last = locations.at(-1);
    return {
      code,
      severity: codeRow(code).severity,
      message,
      span,
      ...(hint !== undefined && { hint }),
      locations,
      snippet: last === undefined ? '' : snippet(last, shown, this.#files),
    };
  }

  /** Whether one more is listed; else it is counted only. */
  #hasRoom(severity: Severity): boolean {
    return this.#listed[severity]++ < MAX_DIAGNOSTICS;
  }
}
