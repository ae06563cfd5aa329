/** Files that are handed in for one practice task; a machine has a dozen. */
export const MAX_PRACTICE_FILES = 200;
/** All of them as JSON: many times the rules that come with Falco. */
export const MAX_PRACTICE_BYTES = 2 * 1024 * 1024;
/** Tests that are run to prove a rule of a practice task: each runs once more for every mutant. */
export const MAX_PROOF_TESTS = 50;
/** Events that these tests play in all; a test that shows one thing plays a dozen. */
export const MAX_PROOF_EVENTS = 20_000;
/** Tasks of one exam: three hours and more. */
export const MAX_EXAM_TASKS = 20;

/** Events of the story that plays on an emulated node; each is held as it came. */
export const MAX_NODE_EVENTS = 50_000;
/** Files of an emulated node, and folders that were made on it. */
export const MAX_NODE_FILES = 200;
/** One file of an emulated node: then its disk is full. */
export const MAX_NODE_FILE_CHARS = 512 * 1024;
/** All files of an emulated node: what one request for a grade may hold, with room for how JSON writes it. */
export const MAX_NODE_CHARS = 1024 * 1024;
/** One line typed into the shell of an emulated node, and each word of it once it is expanded. */
export const MAX_NODE_LINE_CHARS = 64 * 1024;
/** Commands that one such line may start, all together: `$(...)` may hold others. */
export const MAX_NODE_COMMANDS = 500;
/** Characters that one such line may print, and that wait between two commands of a pipe; the rest is cut off. */
export const MAX_NODE_OUTPUT_CHARS = 1024 * 1024;
/** Characters that all commands of one line write, wherever to, before time passes again: then the line is killed. */
export const MAX_NODE_WRITTEN_CHARS = 16 * 1024 * 1024;
/** Words that one command is started with, once variables, patterns and `$(...)` are expanded. */
export const MAX_NODE_WORDS = 5_000;
/** Lines that the journal of an emulated node keeps, and its syslog; the oldest go first. */
export const MAX_NODE_JOURNAL = 2_000;
/** Lines typed, and things that were done to the service, that are remembered for grading; the oldest go first. */
export const MAX_NODE_HISTORY = 1_000;
/** Time that may pass on an emulated node at once, in milliseconds. */
export const MAX_NODE_ADVANCE_MS = 60 * 60 * 1_000;
/** Pods of an emulated cluster that are not on its node; a deployment may ask for any number. */
export const MAX_NODE_PODS = 100;
