import { isMapping, type Plain } from './plain.ts';

/** Texts that mean themselves without quotes. */
const BARE = /^[A-Za-z0-9/][A-Za-z0-9_./@+-]*( [A-Za-z0-9_./@+-]+)*$/;

/** A plain value as YAML, in blocks. */
export function yamlText(value: Plain): string {
  return block(value, '').replace(/^\n/, '');
}

function block(value: Plain, indent: string): string {
  if (isMapping(value)) {
    const pairs = Object.entries(value);
    if (pairs.length === 0) return ' {}\n';
    return `\n${pairs.map(([key, one]) => `${indent}${scalar(key)}:${block(one, `${indent}  `)}`).join('')}`;
  }
  if (value === null) return '\n';
  if (typeof value === 'string') return ` ${scalar(value)}\n`;
  return ` [${value.map((item) => (typeof item === 'string' ? scalar(item) : JSON.stringify(item))).join(', ')}]\n`;
}

function scalar(text: string): string {
  return BARE.test(text) ? text : JSON.stringify(text);
}
