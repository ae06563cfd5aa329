// npm run conformance: compares Creance with the answers of the real Falco. See README.md beside this file.
import { parseArgs } from 'node:util';
import { compareSets, type SetOutcome } from './crew.ts';
import { CONFORMANCE, CONFORMANCE_PRESENT } from './folder.ts';
import { SETS } from './sets.ts';
import { tableText } from './table.ts';

const USAGE = `usage: npm run conformance -- [--set NAME]... [--json] [--differences COUNT]
sets: ${SETS.map(({ name }) => name).join(', ')}
`;
/** As those of the command line: something differs, wrong usage, the data can't be read. */
const EXIT = { DIFFERENT: 1, USAGE: 2, UNREADABLE: 3 };
const SHOWN = '5';

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`the conformance data can't be read: ${String(error)}\n`);
  process.exitCode = EXIT.UNREADABLE;
}

async function main(): Promise<number> {
  const given = flags();
  if (given === undefined) return EXIT.USAGE;
  if (!CONFORMANCE_PRESENT) {
    process.stderr.write(`conformance data not present: ${CONFORMANCE}\n`);
    return EXIT.UNREADABLE;
  }
  const outcomes = await Promise.all(compareSets(given.sets));
  process.stdout.write(given.json ? jsonText(outcomes) : tableText(outcomes, given.differences));
  return outcomes.some(({ different }) => different > 0) ? EXIT.DIFFERENT : 0;
}

function flags() {
  try {
    const { values } = parseArgs({
      options: {
        set: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        differences: { type: 'string', default: SHOWN },
      },
    });
    const unknown = values.set?.find((name) => SETS.every((set) => set.name !== name));
    if (unknown !== undefined) throw new Error(`there is no set '${unknown}'`);
    const differences = Number(values.differences);
    if (!Number.isInteger(differences) || differences < 0) throw new Error('--differences is a whole number');
    return { sets: SETS.filter(({ name }) => values.set?.includes(name) ?? true), json: values.json, differences };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return undefined;
  }
}

/** One object, with a member for each set. */
function jsonText(outcomes: readonly SetOutcome[]): string {
  const sets = outcomes.map(({ set, ...outcome }) => [set.name, outcome]);
  return `${JSON.stringify(Object.fromEntries(sets), undefined, 2)}\n`;
}
