import { byId, element } from './element.ts';
import type { Finding } from './service.ts';

const SHOWN = 8;
const LEAST_ROWS = 14;
const MOST_ROWS = 28;

/** The text of rules with its line numbers, and what was found wrong in it. */
export class Editor {
  readonly #text = byId<HTMLTextAreaElement>('rules');
  readonly #lines = byId<HTMLOListElement>('lines');
  readonly #findings = byId<HTMLUListElement>('findings');
  readonly #verdict = byId('verdict');
  #marked: ReadonlyMap<number, Finding['severity']> = new Map();

  /** @param onChange is called when the text was changed and rested for a moment */
  constructor(text: string, onChange: () => void) {
    this.#text.value = text;
    this.#number();
    let timer = 0;
    this.#text.addEventListener('input', () => {
      this.#number();
      clearTimeout(timer);
      timer = window.setTimeout(onChange, 350);
    });
    this.#text.addEventListener('scroll', () => {
      this.#lines.scrollTop = this.#text.scrollTop;
    });
    this.#text.addEventListener('keydown', (event) => this.#indent(event));
  }

  get text(): string {
    return this.#text.value;
  }

  set text(text: string) {
    this.#text.value = text;
    this.#number();
  }

  /** Shows what a check found; an empty list means that the rules load. */
  show(findings: readonly Finding[]): void {
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const warnings = findings.length - errors;
    const words =
      errors > 0 ? counted(errors, 'error') : warnings > 0 ? counted(warnings, 'warning') : 'loads in Falco';
    this.#verdict.textContent = words;
    this.#verdict.className = `verdict ${errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'good'}`;
    this.#marked = new Map(findings.map(({ start, severity }) => [start?.line ?? 0, severity]));
    this.#number();
    this.#findings.replaceChildren(...findings.slice(0, SHOWN).map((finding) => this.#row(finding)));
  }

  #row(finding: Finding): HTMLLIElement {
    const { start, severity, message, hint, code } = finding;
    const place = start === undefined ? '' : `${start.line}:${start.column}`;
    return element(
      'li',
      { class: severity },
      element('button', {
        class: 'place',
        text: place,
        attributes: { type: 'button', title: code },
        onClick: () => this.#select(finding),
      }),
      element('span', { text: message || code }),
      ...(hint === undefined ? [] : [element('span', { class: 'advice', text: hint })]),
    );
  }

  #select({ start, end }: Finding): void {
    if (start === undefined) return;
    this.#text.focus();
    this.#text.setSelectionRange(start.offset, Math.max(end?.offset ?? 0, start.offset + 1));
    const lineHeight = this.#text.scrollHeight / this.#text.value.split('\n').length;
    this.#text.scrollTop = Math.max(0, (start.line - 4) * lineHeight);
  }

  #number(): void {
    const count = this.#text.value.split('\n').length;
    const numbers = Array.from({ length: count }, (_, index) =>
      element('li', { text: String(index + 1), class: this.#marked.get(index + 1) ?? '' }),
    );
    this.#lines.replaceChildren(...numbers);
    this.#text.rows = Math.min(Math.max(count, LEAST_ROWS), MOST_ROWS);
  }

  /** Tab writes two blanks, since YAML takes no tabs; Escape and then Tab leaves the field. */
  #indent(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#text.blur();
    if (event.key !== 'Tab' || event.shiftKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = this.#text;
    this.#text.setRangeText('  ', selectionStart, selectionEnd, 'end');
    this.#text.dispatchEvent(new Event('input'));
  }
}

/** `1 error`, `2 errors`. */
export function counted(count: number, word: string): string {
  return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;
}
