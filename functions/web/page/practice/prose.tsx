import { inlineCode } from '../shell/inline-code.tsx';

/** The Markdown that tasks are written in: paragraphs, lists, blocks of code, `code` and bold words. Texts stay texts. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <div class="prose">
      {blocksOf(text).map((block, place) => (
        <Block key={place} text={block} />
      ))}
    </div>
  );
}

/** Parts between empty lines; a block of code is one, whatever is in it. */
function blocksOf(text: string): readonly string[] {
  const blocks: string[] = [];
  for (const [place, part] of text.split(/^```.*$/m).entries()) {
    if (place % 2 === 1) blocks.push(`\`\`\`${part}`);
    else blocks.push(...part.split(/\n\s*\n/).filter((one) => one.trim() !== ''));
  }
  return blocks;
}

function Block({ text }: { readonly text: string }) {
  if (text.startsWith('```')) return <pre tabIndex={0}>{text.slice(3).trim()}</pre>;
  const lines = text.trim().split('\n');
  const first = lines.findIndex((line) => /^(-|\d+\.) /.test(line));
  if (first < 0) return <p>{inlineCode(text.trim())}</p>;
  const items = itemsOf(lines.slice(first)).map((item, place) => <li key={place}>{inlineCode(item)}</li>);
  return (
    <>
      {first > 0 && <p>{inlineCode(lines.slice(0, first).join('\n'))}</p>}
      {/^\d/.test(lines[first] as string) ? <ol>{items}</ol> : <ul>{items}</ul>}
    </>
  );
}

function itemsOf(lines: readonly string[]): readonly string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (/^(-|\d+\.) /.test(line)) items.push(line.replace(/^(-|\d+\.) +/, ''));
    else items.push(`${items.pop() ?? ''}\n${line.trim()}`);
  }
  return items;
}
