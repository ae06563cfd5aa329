import type { Flag } from './command.ts';

/** Flags of what is kept from the disk. */
export const REDACTION_FLAGS: readonly Flag[] = [
  {
    name: 'redact',
    value: 'WHAT',
    choices: ['secrets', 'off'],
    help: 'record: what is kept from the disk: passwords, tokens and keys in arguments, environments and data (secrets)',
  },
  {
    name: 'redact-pattern',
    value: 'NAME=REGEX',
    multiple: true,
    help: 'record: redact this too, a pattern of RE2; its groups, or all of it where it has none',
  },
];
