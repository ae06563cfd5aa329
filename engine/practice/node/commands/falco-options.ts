import { readOptions, optionProblem, type Options } from '../options.ts';

const FLAGS = [
  'L',
  'v',
  'U',
  'A',
  'N',
  'h',
  'help',
  'list',
  'list-events',
  'version',
  'dry-run',
  'support',
  'unbuffered',
  'page-size',
];
const VALUED = ['c', 'r', 'V', 'validate', 'M', 'l', 'o', 'option', 'p', 'P', 'print', 'pidfile', 'format'];

/** What `falco --help` says here, in our own words. */
export const FALCO_HELP = `Falco tells of what happens on this node, by rules.

  falco [OPTION...]      runs in the foreground until Ctrl-C

  -c FILE                configuration; /etc/falco/falco.yaml unless given
  -r FILE                rule file or folder, in place of those that the configuration names; may be given often
  -M SECONDS             ends after this time
  -V, --validate FILE    says whether a rule file is valid, and ends; may be given often
  -L                     lists names and descriptions of the rules
  -l RULE                the same of one rule
  --list[=SOURCE]        lists the fields that rules may use; -N only their names
  -o KEY=VALUE           a value of the configuration, such as -o json_output=true
  -U, --unbuffered       writes each line at once, as it does here anyway
  --dry-run              loads everything and ends
  --version              says which release it is
`;

/** Takes the command line of Falco apart; a text where it is none. */
export function falcoOptions(args: readonly string[]): Options | string {
  const options = readOptions(args, FLAGS, VALUED);
  const [word] = options.words;
  const problem = optionProblem(options) ?? (word === undefined ? undefined : `'${word}' is no option of Falco`);
  if (problem !== undefined) return problem;
  const seconds = options.value('M');
  if (seconds !== undefined && !/^\d{1,6}$/.test(seconds)) return `Argument '${seconds}' failed to parse`;
  const odd = options.values('o', 'option').find((one) => !/^[^=]+=/s.test(one));
  return odd === undefined ? options : `'${odd}' is no KEY=VALUE`;
}
