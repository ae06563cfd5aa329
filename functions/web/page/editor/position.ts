/** What stands at a place of a rule file. */
export interface Position {
  readonly kind: 'condition' | 'output' | 'key' | 'value';
  /** The key whose value this is. */
  readonly key: string;
  /** What is written of the value before the place. */
  readonly before: string;
}

const KEY = /^(\s*)(- )?([A-Za-z_]+)\s*:(.*)$/;

/**
 * What stands at an offset of a rule file, told by the lines before it: a file that is being written is seldom whole,
 * so it is not parsed.
 */
export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  const last = lines.at(-1) as string;
  const width = indentOf(last);
  const parts: string[] = [];
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] as string;
    const found = KEY.exec(line);
    const isOwn = at === lines.length - 1;
    if (found !== null && (isOwn || indentOf(line) < Math.max(width, 1) || line.startsWith('- '))) {
      const key = found[3] as string;
      const value = (found[4] as string).replace(/^\s*[>|][+-]?\s*$/, '');
      const depth = indentOf(line) + (found[2] === undefined ? 0 : 2);
      if (!isOwn && last.trim() !== '' && width <= depth) break;
      if (!isOwn && last.trim() === '' && width <= depth) break;
      return { kind: kindOf(key), key, before: [value, ...parts].join('\n') };
    }
    parts.unshift(line);
  }
  return { kind: 'key', key: '', before: last };
}

function kindOf(key: string): Position['kind'] {
  if (key === 'condition') return 'condition';
  return key === 'output' ? 'output' : 'value';
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
