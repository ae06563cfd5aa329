import type { ParamType } from '../model/param-type.ts';

/** Types that Falco has no name for in its messages. */
const NAMELESS: ReadonlySet<ParamType> = new Set(['IPV6ADDR', 'IPV6NET', 'FD32', 'PID32']);

/** The name of a type in Falco's messages. */
export function typeName(type: ParamType): string {
  if (type === 'DYN') return 'DYNAMIC';
  return NAMELESS.has(type) ? '<NA>' : type;
}

/** True for texts: what is compared up to its NUL. */
export function isTextType(type: ParamType): boolean {
  return type === 'CHARBUF' || type === 'FSPATH' || type === 'FSRELPATH';
}
