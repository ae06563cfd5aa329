import type { ComponentChildren } from 'preact';

/** A text with its `code` and bold words shown as such. Texts stay texts. */
export function inlineCode(text: string): ComponentChildren {
  return text.split(/(`[^`]+`|\*\*.+?\*\*)/s).map((part, place) => {
    if (place % 2 === 0) return part;
    if (part.startsWith('`')) return <code key={place}>{part.slice(1, -1)}</code>;
    return <strong key={place}>{inlineCode(part.slice(2, -2))}</strong>;
  });
}
