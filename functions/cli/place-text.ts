import type { Span } from '../../engine/model/source.ts';

/** A place as editors and terminals link it: `rules.yaml:12:5`. */
export function placeText({ source, start }: Span): string {
  const { line, column } = source.position(start);
  return `${source.name}:${line + 1}:${column + 1}`;
}
