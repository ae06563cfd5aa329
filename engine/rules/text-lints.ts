import { spanOf, valueOf, type Mapping, type Scalar } from '../document/node.ts';
import type { Expression } from '../filter/ast.ts';
import type { ConditionText } from '../filter/condition-text.ts';
import { toUnicode, type ByteString } from '../model/byte-string.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Span } from '../model/source.ts';
import type { Context } from './context.ts';
import type { LintCode } from './lint-codes.ts';
import { keyText } from './read-values.ts';
import type { Report } from './report.ts';

/** Says that a key stands twice in an item: the first one counts, which nobody expects. */
export function duplicateKeyLints(item: Mapping): Diagnostic[] {
  const seen = new Set<ByteString>();
  const lints: Diagnostic[] = [];
  for (const { key } of item.pairs) {
    const name = keyText(key);
    if (seen.has(name)) {
      lints.push(
        lint('LINT_DUPLICATE_KEY', `key '${toUnicode(name)}' stands twice; the first one counts`, key, 'take one away'),
      );
    }
    seen.add(name);
  }
  return lints;
}

/** Says that an item of a list is more than one value, or breaks the condition, once it is put there as text. */
export function listItemLints(items: readonly Scalar[]): Diagnostic[] {
  return items.filter(isSplit).map((item) => {
    const text = toUnicode(item.text);
    const message = `list item '${text}' is put into conditions as it is and does not stay one value there`;
    return lint('LINT_LIST_ITEM_SPLIT', message, item, `put it in quotes of its own: '"${text}"'`);
  });
}

/** A comma, parenthesis, equals sign or quote ends a value that has no quotes; a blank makes Falco add them. */
function isSplit({ text }: Scalar): boolean {
  if (text[0] === '"' || text[0] === "'") return false;
  return text.includes(' ') ? text.includes('"') : /[,()='"]/.test(text);
}

/**
 * Says that what was appended to a condition binds to a part of it only: to `a or b`, `and c` makes `a or (b and c)`.
 * `expression` is the condition with its exceptions, `collected` the text that was put together from several places.
 */
export function appendLints(expression: Expression, collected: ConditionText): Diagnostic[] {
  // Exceptions stand behind the condition, which is in parentheses then.
  const condition = expression.kind === 'and' ? (expression.children[0] as Expression) : expression;
  const last = condition.kind === 'or' ? condition.children.at(-1) : undefined;
  if (last?.kind !== 'and') return [];
  return collected.pieces.slice(1).flatMap(({ at }, index) => {
    if (!/^\s*and\b/.test(collected.value.slice(at, at + 64))) return [];
    const end = collected.pieces[index + 2]?.at ?? collected.value.length;
    const appended = collected.span(at, end);
    const begins = last.children.some(
      (child, k) =>
        k > 0 && isWithin(child.span, appended) && !isWithin((last.children[k - 1] as Expression).span, appended),
    );
    if (!begins) return [];
    const message = "the appended 'and' binds to the last operand of 'or' only, not to the whole condition";
    const hint = 'put the condition before it in parentheses, or in a macro';
    const span = { ...appended, end: appended.start + 'and'.length };
    return [{ code: 'LINT_APPEND_BINDS_TIGHTER', severity: 'lint' as const, message, span, hint }];
  });
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end;
}

/** Says that an item replaces one of the same name in the same file. */
export function warnDefinedTwice(
  kind: 'rule' | 'macro' | 'list',
  item: Mapping,
  { name, context }: { readonly name: ByteString; readonly context: Context },
  previous: { readonly context: Context } | undefined,
  report: Report,
): void {
  if (previous === undefined || previous.context.span.source !== context.span.source) return;
  if (valueOf(item, 'override') !== undefined) return;
  const message = `${kind} '${toUnicode(name)}' is defined again in this file; what it was before is lost`;
  const hint = "change an item by 'override', or give this one another name";
  report.advise(lint('LINT_DEFINED_TWICE', message, valueOf(item, kind) ?? item, hint));
}

function lint(code: LintCode, message: string, node: Parameters<typeof spanOf>[0], hint: string): Diagnostic {
  return { code, severity: 'lint', message, span: spanOf(node), hint };
}
