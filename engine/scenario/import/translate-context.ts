import type { Node } from '../../document/node.ts';
import { splitWords } from '../language/command.ts';
import { Given, textOf } from './given.ts';
import type { StoryDraft } from './story-draft.ts';

/** Where a process lies whose path a suite does not name. */
const UNNAMED_PATH = '/tmp/event-generator-test';
/** Accounts that every machine of a story has; others get a number. */
const USUAL_USERS = new Set('root daemon bin sys man lp mail proxy www-data backup _apt nobody'.split(' '));
const FIRST_UID = 2000;

/**
 * Translates `context`: the container, and the chain of processes of which the last does everything else. The generator
 * starts the first of them.
 */
export function translateContext(draft: StoryDraft, context: Node | undefined, test: Node): void {
  const given = new Given(draft, context, "'context'", test);
  const container = given.take('container');
  if (container !== undefined) translateContainer(draft, container);
  const processes = given.take('processes');
  given.close('head');
  const chain: readonly (Node | undefined)[] = processes?.kind === 'sequence' ? processes.items : [undefined];
  if (processes !== undefined && processes.kind !== 'sequence') draft.lose(processes, "'processes' is no list");
  let parent = 'generator';
  chain.forEach((node, index) => {
    const isLeaf = index === chain.length - 1;
    const name = draft.name(isLeaf ? 'test' : `ancestor${index + 1}`);
    translateProcess(draft, new Given(draft, node, 'a process', test), parent, name, isLeaf);
    parent = name;
  });
  draft.actor = parent;
}

/** Translates what is said of a process; the actor `parent` runs it. */
export function translateProcess(draft: StoryDraft, given: Given, parent: string, name: string, isLeaf: boolean): void {
  const exePath = given.text('exePath') ?? UNNAMED_PATH;
  const base = exePath.slice(exePath.lastIndexOf('/') + 1) || exePath;
  const called = given.take('name') ?? given.take('procName');
  const shown = (called && textOf(called)) ?? base;
  const first = given.text('exe') ?? shown;
  const args = given.text('args') ?? '';
  const words = splitWords(args);
  if (words === 'unclosed') draft.lose(given.node, `arguments with a quote that is never closed: ${args}`);
  if (called !== undefined && shown !== base.slice(0, 15)) draft.lose(called, `the name ${shown} of ${exePath}`);
  const user = given.text('user');
  if (user !== undefined && !USUAL_USERS.has(user) && !/^\d+$/.test(user) && !draft.users.has(user)) {
    draft.users.set(user, String(FIRST_UID + draft.users.size));
  }
  draft.step(
    `${parent} runs`,
    [first, ...(words === 'unclosed' ? [args] : words)],
    [
      ['exe', exePath],
      ['user', user],
      ['env', given.map('env')],
      ['as', name],
    ],
  );
  const capabilities = isLeaf ? given.take('capabilities') : undefined;
  if (capabilities !== undefined) translateCapabilities(draft, capabilities, name);
  given.close();
}

function translateContainer(draft: StoryDraft, node: Node): void {
  const given = new Given(draft, node, 'the container', node);
  const image = given.text('image') ?? 'docker.io/falcosecurity/event-generator:latest';
  draft.container.push(['name', given.text('name') ?? 'event-generator'], ['image', image]);
  const env = given.map('env');
  if (env !== undefined) draft.container.push(['env', env]);
  given.close('head');
}

/** Capabilities as `cap_from_text(3)` has them, where they are one clause that sets some of them. */
function translateCapabilities(draft: StoryDraft, node: Node, actor: string): void {
  const text = (textOf(node) ?? '').trim();
  const [, names, flags] = /^([a-z_,]*)=([eip]*)$/.exec(text) ?? [];
  if (flags === undefined || names === undefined || (flags !== '' && !(flags.includes('e') && flags.includes('p')))) {
    draft.lose(node, `the capabilities ${text}`);
    return;
  }
  if (flags.includes('i')) draft.remark('Capabilities that are handed on to other programs are not in the story.');
  const all = names === '' || names === 'all';
  const list = names.split(',').map((name) => name.replace(/^cap_/, '').toUpperCase());
  draft.step(`${actor} sets capabilities`, flags === '' ? 'none' : all ? 'all' : list);
}
