import type { Plan } from '../../agent/plan/plan.ts';
import { patternOf, type Pattern } from '../../agent/redaction/patterns.ts';
import type { RedactionSettings } from '../../agent/redaction/redaction.ts';
import { UsageError, type Given, type Terminal } from './command.ts';

/** What is kept from the disk. */
export function redactionFrom(given: Given, terminal: Terminal, { readers }: Plan): RedactionSettings {
  const mode = given.flag('redact') === 'off' ? 'off' : 'secrets';
  if (mode === 'off') {
    terminal.note(
      'creance agent: --redact off: passwords, tokens and keys in arguments, environments and data are recorded as they are, and lie in the captures for whoever reads them\n',
    );
  }
  return { mode, patterns: given.flags('redact-pattern').map(patternFrom), readers };
}

function patternFrom(text: string): Pattern {
  const at = text.indexOf('=');
  const pattern = at > 0 ? patternOf(text.slice(0, at), text.slice(at + 1)) : undefined;
  if (pattern === undefined)
    throw new UsageError(`--redact-pattern is NAME=REGEX with a pattern of RE2, not '${text}'`);
  return pattern;
}
