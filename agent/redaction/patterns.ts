import { compileFinder, type Stretch } from '../../engine/compare/regex.ts';

/** Where secrets are looked for. */
export type RedactedField = 'arguments' | 'environment' | 'data';

/** What a secret looks like; what its groups match is redacted, or all of it. */
export interface Pattern {
  /** What the manifest counts it as. */
  readonly kind: string;
  readonly fields: readonly RedactedField[];
  find(text: string): readonly Stretch[];
}

const EVERYWHERE: readonly RedactedField[] = ['arguments', 'environment', 'data'];
/** Words in a name that say that its value is a secret. */
const SECRET =
  '(?:pass(?:word|wd|phrase|code)?|secret|token|credentials?|api[-_]?key|access[-_]?key|private[-_]?key|auth[-_]?key|encryption[-_]?key|signing[-_]?key)';
/** A value in a text: between quotes, or up to what ends a word. */
const VALUE = `(?:"([^"\\x00]*)|'([^'\\x00]*)|([^\\s\\x00"';&,)}\\]]+))`;

/** Options that take a secret, whole arguments and inside of a script. Arguments are joined by NUL, the program first. */
const OPTIONS = [
  `(?i)(?:^|\\x00)--?[\\w.-]*${SECRET}[\\w.-]*(?:=|\\x00)([^\\x00]+)`,
  `(?i)[\\s"';&|(]--?[\\w.-]*${SECRET}[\\w.-]*(?:=|[ \\t]+)${VALUE}`,
  // mysql takes it attached alone: what follows a bare -p is a database.
  `(?i)(?:mysql|mariadb)[\\w-]*(?:[\\x00 \\t]+[^\\x00\\s]+)*?[\\x00 \\t]+-p([^\\x00\\s]+)`,
  `(?i)(?:sshpass|plink|pscp|psftp|mongo\\w*|docker|podman|nerdctl|helm|smbclient)(?:[\\x00 \\t]+[^\\x00\\s]+)*?[\\x00 \\t]+-(?:pw|p)[\\x00 \\t]*([^\\x00\\s]+)`,
  `(?i)redis-cli(?:[\\x00 \\t]+[^\\x00\\s]+)*?[\\x00 \\t]+-a[\\x00 \\t]*([^\\x00\\s]+)`,
  `(?i)ldap\\w+(?:[\\x00 \\t]+[^\\x00\\s]+)*?[\\x00 \\t]+-w[\\x00 \\t]*([^\\x00\\s]+)`,
  `(?:^|[\\x00\\s])(?:-u|-U|--user|--proxy-user)[\\x00 \\t=]*[^:\\x00\\s]*:([^\\x00\\s"']+)`,
];

const BUILT_IN: readonly (readonly [kind: string, fields: readonly RedactedField[], source: string])[] = [
  ...OPTIONS.map((source) => ['option', ['arguments'], source] as const),
  ['variable', ['environment'], `(?i)(?:^|\\x00)[^=\\x00]*(?:${SECRET}|_pwd)[^=\\x00]*=([^\\x00]+)`],
  ['assignment', EVERYWHERE, `(?i)${SECRET}[\\w.-]*["']?[ \\t]*[:=][ \\t]*${VALUE}`],
  // In capitals alone it is where somebody works.
  ['assignment', ['arguments', 'data'], `(?:\\b[Pp]wd|_pwd|_PWD)["']?[ \\t]*[:=][ \\t]*${VALUE}`],
  [
    'header',
    EVERYWHERE,
    `(?i)(?:authorization|x-[\\w-]*(?:token|key|auth)[\\w-]*|cookie)["']?[ \\t]*[:=][ \\t]*["']?([^\\x00\\r\\n"']+)`,
  ],
  ['bearer', EVERYWHERE, `(?i)\\bbearer[ \\t]+([a-z0-9._~+/=-]+)`],
  ['aws key', EVERYWHERE, `\\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{4,})`],
  [
    'token',
    EVERYWHERE,
    `\\b(gh[pousr]_\\w{4,}|github_pat_\\w{4,}|glpat-[\\w-]{4,}|xox[abeoprs]-[\\w-]{4,}|AIza[\\w-]{8,}|[sr]k_(?:live|test)_\\w{4,}|npm_\\w{8,}|eyJ[\\w-]{6,}(?:\\.[\\w-]*){0,4})`,
  ],
  ['private key', EVERYWHERE, `(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY[^-]*-----(.+?)(?:-----END|$)`],
  ['address', EVERYWHERE, `(?i)[a-z][a-z0-9+.-]*://[^\\s/@:\\x00]*:([^\\s@\\x00]+)@`],
  ['password hash', EVERYWHERE, `(\\$(?:1|2[abxy]|5|6|7|y|gy|argon2\\w*)\\$[./A-Za-z0-9$,=+-]{4,})`],
];

/** A pattern that is given besides, `find` of RE2; undefined when it is none. */
export function patternOf(kind: string, source: string): Pattern | undefined {
  const find = compileFinder(source);
  return find === undefined ? undefined : { kind, fields: EVERYWHERE, find };
}

/** The patterns that everybody has. */
export const BUILT_IN_PATTERNS: readonly Pattern[] = BUILT_IN.map(([kind, fields, source]) => {
  const find = compileFinder(source);
  if (find === undefined) throw new Error(`${kind}: no pattern of RE2: ${source}`);
  return { kind, fields, find };
});
