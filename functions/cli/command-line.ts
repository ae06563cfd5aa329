import { COMMANDS } from './commands.ts';
import { processTerminal } from './process-terminal.ts';
import { runCommandLine } from './run.ts';

process.exitCode = await runCommandLine(COMMANDS, process.argv.slice(2), processTerminal());
