import type { Rule } from '../../engine/rules/rule-set.ts';
import { conditionFields } from '../plan/rule-text.ts';
import type { RedactedField } from './patterns.ts';

/** Fields of rules that show what is redacted. */
const SHOWN: Readonly<Record<RedactedField, RegExp>> = {
  arguments: /^(proc\.(a|p|sid\.|pgid\.|vpgid\.)?(cmdline|args|exeline|exe)|evt\.(args|arg|rawarg|info))$/,
  environment: /^(proc\.a?env|evt\.(args|arg|rawarg|info))$/,
  data: /^evt\.(buffer|args|arg|rawarg|info)$/,
};
const FIELDS: readonly RedactedField[] = ['arguments', 'environment', 'data'];
/** Of `evt.arg`, the arguments that are redacted; by number it may be any. */
const ARGUMENT = /^(exe|args|env|data|\d+)$/;

/** The rules whose conditions read what may be redacted. */
export function readersOf(rules: readonly Rule[]): Record<RedactedField, readonly string[]> {
  const readers: Record<RedactedField, string[]> = { arguments: [], environment: [], data: [] };
  for (const rule of rules) {
    const read = conditionFields(rule).filter(
      ({ argument, name }) => !name.endsWith('arg') || ARGUMENT.test(argument ?? '0'),
    );
    for (const field of FIELDS) {
      if (read.some(({ name }) => SHOWN[field].test(name))) readers[field].push(rule.name);
    }
  }
  return readers;
}
