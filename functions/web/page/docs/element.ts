/** What an element is made with: its class, attributes, and what happens on it. */
export interface Made {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

/** Makes an element. Texts are set as texts, so nothing a user gave becomes markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  made: Made = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  if (made.class !== undefined) node.className = made.class;
  if (made.text !== undefined) node.textContent = made.text;
  for (const [name, value] of Object.entries(made.attributes ?? {})) node.setAttribute(name, value);
  if (made.onClick !== undefined) node.addEventListener('click', made.onClick);
  node.append(...children);
  return node;
}

/** The element of the page with this id; a page without it is a defect. */
export function byId<Kind extends HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element ${id}`);
  return found as Kind;
}

/** A text in which what stands between backticks is code. */
export function prose(text: string): (Node | string)[] {
  return text.split('`').map((piece, index) => (index % 2 === 0 ? piece : element('code', { text: piece })));
}
