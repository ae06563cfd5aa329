// npm run fuzz: feeds everything that takes strangers' input with made-up input. See CONTRIBUTING.md.
import { parseArgs } from 'node:util';
import { CASES, writeCase } from './case-file.ts';
import { explore } from './explore.ts';
import { TARGETS } from './targets.ts';

const NAMES = TARGETS.map(({ name }) => name);
const USAGE = `usage: npm run fuzz -- [--seconds COUNT] [--seed WORD] [--target NAME]... [--cases FOLDER]
targets: ${NAMES.join(', ')}
The seconds are shared by the targets. What fails is made small and written to the folder: test/cases/fuzz, unless another one is given.
`;
/** As those of the command line: something was found, wrong usage. */
const EXIT = { FOUND: 1, USAGE: 2 };

process.exitCode = await main();

async function main(): Promise<number> {
  const given = flags();
  if (given === undefined) return EXIT.USAGE;
  const { seed, seconds, targets, folder } = given;
  process.stdout.write(`seed ${seed}\n`);
  let found = 0;
  for (const target of targets) {
    const time = (seconds * 1_000) / targets.length;
    const { tried, findings } = await explore({ target, seed, count: Infinity, time });
    process.stdout.write(`${target.padEnd(10)} ${String(tried).padStart(8)} inputs, ${findings.length} findings\n`);
    for (const finding of findings) {
      const path = finding.again ? writeCase(folder, target, finding, `${seed}/${target}`) : 'did not fail again';
      process.stdout.write(`\n${finding.kind} (${path})\n${finding.error}\n\n`);
    }
    found += findings.length;
  }
  return found === 0 ? 0 : EXIT.FOUND;
}

function flags() {
  try {
    const { values } = parseArgs({
      options: {
        seconds: { type: 'string', default: '60' },
        seed: { type: 'string', default: String(Date.now()) },
        target: { type: 'string', multiple: true, default: NAMES },
        cases: { type: 'string', default: CASES },
      },
    });
    const seconds = Number(values.seconds);
    if (!(seconds > 0)) throw new Error('--seconds is a number above 0');
    const unknown = values.target.find((name) => !NAMES.includes(name));
    if (unknown !== undefined) throw new Error(`there is no target '${unknown}'`);
    return { seed: values.seed, seconds, targets: values.target, folder: values.cases };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return undefined;
  }
}
