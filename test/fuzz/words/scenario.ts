import { exampleStep } from '../../../engine/scenario/reference.ts';
import { CONTAINER_KEYS } from '../../../engine/scenario/read-containers.ts';
import { ACTOR_KEYS } from '../../../engine/scenario/read-actors.ts';
import { MACHINE_KEYS } from '../../../engine/scenario/read-machine.ts';
import { VERBS } from '../../../engine/scenario/steps/verbs.ts';
import type { Random } from '../random.ts';
import { pathText, strangeText } from './strange-text.ts';

const EXAMPLES = VERBS.map((verb) => ({ verb, step: exampleStep(verb.example) }));
const ACTORS = [...new Set(EXAMPLES.map(({ step }) => /^- (\S+)/.exec(step)?.[1] ?? 'shell')), 'agent'].filter(
  (name) => name !== 'web',
);
const HANDLES = ['connection', 'request', 'payload', 'passwd', 'job', 'output', 'worker', 'stdin', 'h1', 'h2'];
const VALUES = [
  '/etc/shadow',
  '/tmp/x',
  '0',
  '1',
  '-1',
  '4096',
  'yes',
  'no',
  'EACCES',
  'ENOENT',
  'success',
  'SIGKILL',
  '10.0.0.5:80',
  '"[::1]:443"',
  'tcp',
  'udp',
  'unix',
  'alice',
  'root',
  '1000',
  'all',
  'none',
  '[a, b]',
  '{ A: b }',
  'reading',
  'writing',
  '5s',
  '100ms',
  '1h',
  '/bin/bash',
  'bash -c "id; ls"',
  '[sh, -c, x]',
  '755',
  '0755',
  'vfork',
  'clone3',
  'after 2s',
  '${x}',
  'a${x}$${x}',
  'sampled',
  'cafebabe',
  '{ pid: shell, flags: 1 }',
  '~',
  '',
];

/** Words of stories, for changes at random places. */
export const SCENARIO_WORDS: readonly string[] = [
  ...VERBS.map(({ words }) => ` ${words}: `),
  ...[...new Set([...VERBS.flatMap(({ keys }) => Object.keys(keys)), 'as', 'after', 'every', 'result', 'repeat'])].map(
    (key) => `\n    ${key}: `,
  ),
  ...[...Object.keys(MACHINE_KEYS), ...Object.keys(CONTAINER_KEYS), ...Object.keys(ACTOR_KEYS)].map(
    (key) => `${key}: `,
  ),
  ...ACTORS.slice(0, 8),
  ...HANDLES,
  ...VALUES,
  '\ncases: [{ x: a }, { x: b }]\n',
  '\ncases:\n  matrix: { x: [a, b], y: [1, 2] }\n',
  '\n  - repeat: 3\n    steps:\n',
];

/** Steps that make what the examples of the verbs speak of. */
const PRELUDE = [
  '  - curl connects to: 203.0.113.5:443\n    as: connection',
  '  - nginx accepts: 198.51.100.7:51234\n    as: request',
  '  - shell opens: /etc/passwd\n    as: passwd',
  '  - shell creates: /tmp/job\n    as: job',
];

/** A story of some steps, mostly such that it can be played. */
export function storyText(random: Random): string {
  const steps = Array.from({ length: random.count(12) }, () => (random.once(6) ? groupText(random) : stepText(random)));
  return [
    'story: x',
    ...(random.once(6)
      ? [random.pick(['cases: [{ x: a }, { x: /b }]', 'cases: { matrix: { x: [1, 2], y: [3] } }'])]
      : []),
    ...(random.once(3) ? ['machine:', ...keyLines(Object.keys(MACHINE_KEYS), '  ', random)] : []),
    'containers:',
    '  web:',
    '    image: nginx:1.27',
    ...keyLines(
      Object.keys(CONTAINER_KEYS).filter((key) => key !== 'image'),
      '    ',
      random,
    ),
    'actors:',
    ...ACTORS.flatMap((name) => actorLines(name, random)),
    'steps:',
    ...PRELUDE.filter(() => !random.once(8)),
    ...steps,
    '',
  ].join('\n');
}

function actorLines(name: string, random: Random): string[] {
  if (!random.once(3)) return [`  ${name}: /usr/bin/${name}`];
  return [
    `  ${name}:`,
    `    runs: ${name} -x`,
    ...(random.once(2) ? ['    in: web'] : []),
    ...keyLines(
      Object.keys(ACTOR_KEYS).filter((key) => !['runs', 'in'].includes(key)),
      '    ',
      random,
    ),
  ];
}

function stepText(random: Random): string {
  const { verb, step } = random.pick(EXAMPLES);
  const subject = random.once(8) ? random.pick(['web', 'worker', ...ACTORS]) : undefined;
  const said = subject === undefined ? step : step.replace(/^- \S+/, `- ${subject}`);
  const object = random.once(6) ? said.replace(/: .*$/m, `: ${valueText(random)}`) : said;
  const more = [
    ...keyLines(Object.keys(verb.keys), '    ', random),
    ...(verb.names !== undefined && random.once(3) ? [`    as: h${random.below(9)}`] : []),
    ...(random.once(12) ? [`    repeat: ${random.pick([0, 2, 3, 30, 100, random.below(1_000_000)])}`] : []),
    ...(verb.canFail && random.once(8) ? [`    result: ${random.pick(['EACCES', 'ENOENT', 'success', '-1'])}`] : []),
    ...(random.once(12) ? [`    unseen: ${random.pick(['yes', 'sampled', 'no'])}`] : []),
    ...(random.once(20) ? [`    after: ${random.pick(['1s', '2h', '-1s', '1e9s', '99999999999d'])}`] : []),
  ];
  return [...object.split('\n').map((line) => `  ${line}`), ...more].join('\n');
}

/** Steps under one roof. */
function groupText(random: Random): string {
  const steps = Array.from({ length: random.count(3) }, () => stepText(random));
  const inside = steps.join('\n').replace(/^/gm, '    ');
  return [`  - repeat: ${random.pick([1, 2, 30, 1_000_000])}`, '    every: 1s', '    steps:', inside].join('\n');
}

function keyLines(keys: readonly string[], pad: string, random: Random): string[] {
  return keys.filter(() => random.once(30)).map((key) => `${pad}${key}: ${valueText(random)}`);
}

function valueText(random: Random): string {
  switch (random.below(6)) {
    case 0:
      return pathText(random).replace('*', '"*"');
    case 1:
      return JSON.stringify(strangeText(random));
    case 2:
      return random.pick(HANDLES);
    default:
      return random.pick(VALUES);
  }
}
