import type { Mapping, Node } from '../../document/node.ts';
import { priorityOf } from '../../model/priority.ts';
import { ConnectedSockets } from './connected-sockets.ts';
import { Given, textOf } from './given.ts';
import type { StoryDraft } from './story-draft.ts';
import { translateContext } from './translate-context.ts';
import { translateResource } from './translate-resources.ts';
import { translateStep } from './translate-steps.ts';

/** Translates a test whose values are filled in; gives what the story is about. */
export function translateTest(draft: StoryDraft, test: Mapping): string {
  const given = new Given(draft, test, 'a test', test);
  given.take('cases');
  const name = given.text('name') ?? 'test';
  const story = given.text('description') ?? name;
  const runner = given.take('runner');
  if (runner?.kind !== 'scalar' || runner.text !== 'HostRunner') {
    draft.lose(runner ?? test, `a runner other than HostRunner`, 'head');
  }
  const rule = given.text('rule');
  translateContext(draft, given.take('context'), test);
  const before = given.take('before');
  if (before !== undefined) draft.lose(before, `a script that runs before it:\n${textOf(before) ?? ''}`);
  for (const resource of itemsOf(draft, given.take('resources'))) translateResource(draft, resource);
  const steps = itemsOf(draft, given.take('steps'));
  const sockets = new ConnectedSockets(steps);
  for (const step of steps) translateStep(draft, step, sockets);
  const after = given.take('after');
  if (after !== undefined) draft.lose(after, `a script that runs after it:\n${textOf(after) ?? ''}`);
  translateOutcome(draft, rule, given.take('expectedOutcome'), test);
  given.close('head');
  return story;
}

/** The generator is content with one alert of the rule that has what is named. */
function translateOutcome(draft: StoryDraft, rule: string | undefined, node: Node | undefined, test: Node): void {
  const given = new Given(draft, node, "'expectedOutcome'", test);
  const source = given.take('source');
  if (source !== undefined && (source.kind !== 'scalar' || source.text !== 'syscall')) {
    draft.lose(source, 'another source than syscall', 'head');
  }
  const hostname = given.text('hostname');
  if (hostname !== undefined) draft.machine.push(['hostname', hostname]);
  if (rule === undefined) {
    given.close('head');
    return;
  }
  draft.expected.push(['alert', rule], ['at least', '1']);
  const priority = given.take('priority');
  if (priority !== undefined) {
    const word = textOf(priority) ?? '';
    if (priorityOf(word) !== undefined) draft.expected.push(['priority', word]);
    else draft.lose(priority, `the priority ${word}`, 'head');
  }
  const fields = given.map('outputFields');
  if (fields !== undefined) draft.expected.push(['fields', fields]);
  given.close('head');
}

function itemsOf(draft: StoryDraft, node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  if (node.kind === 'sequence') return node.items;
  draft.lose(node, 'this is no list');
  return [];
}
