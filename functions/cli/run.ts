import { nearest } from '../../engine/model/nearest.ts';
import { parseArguments } from './arguments.ts';
import { EXIT, UnreadableError, UsageError, type Command, type Terminal } from './command.ts';
import { manual, overview } from './help.ts';

/** Runs one command line (the words after `creance`) and answers its exit code. */
export async function runCommandLine(
  commands: readonly Command[],
  argv: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const command = commands.find((candidate) => candidate.name === rest[0]);
    await terminal.write(command === undefined ? overview(commands) : manual(command));
    return name === undefined ? EXIT.USAGE : EXIT.YES;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const close = nearest(
      name,
      commands.map((candidate) => candidate.name),
    );
    const hint = close === undefined ? 'creance --help lists the commands' : `did you mean ${close}?`;
    terminal.note(`creance: unknown command '${name}', ${hint}\n`);
    return EXIT.USAGE;
  }
  try {
    const given = parseArguments(command, rest);
    if (given.has('help')) {
      await terminal.write(manual(command));
      return EXIT.YES;
    }
    return await command.run(given, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.note(`creance ${name}: ${error.message}\nusage: creance ${name} ${command.usage}\n`);
      terminal.note(`creance ${name} --help tells more\n`);
      return EXIT.USAGE;
    }
    if (error instanceof UnreadableError) {
      terminal.note(`creance: ${error.message}\n`);
      return EXIT.UNREADABLE;
    }
    throw error;
  }
}
