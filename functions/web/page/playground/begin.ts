import { vocabulary } from '../editor/vocabulary.ts';
import type { RuleFile, TraceChoice } from '../judge/protocol.ts';
import { openLink } from '../share/opened-link.ts';
import { keepDraft, keptDraft } from './draft.ts';
import { beginFiltering } from './event-filter.ts';
import { beginExplaining } from './explanation-state.ts';
import { FIRST_STORY } from './first-rules.ts';
import { loadLibrary, starterRules } from './library.ts';
import { ruleFiles } from './rule-files.ts';
import { beginSession, judge, openStory, openText, openTrace, trouble } from './session.ts';

let begun: Promise<void> | undefined;
let rules: Promise<void> | undefined;

/** Opens what a link carries, else what was here before, else the first story. Done once, however often it is asked for. */
export function begin(): Promise<void> {
  return (begun ??= start(undefined));
}

/** Opens a trace in the playground, whether it was begun or not. */
export async function beginWith(choice: TraceChoice): Promise<void> {
  if (begun === undefined) await (begun = start(choice));
  else await openTrace(choice);
}

/** The rules of the playground as they are now. */
export async function openRuleFiles(): Promise<readonly RuleFile[]> {
  await openRules();
  return ruleFiles.value.map(({ name, text }) => ({ name, text }));
}

async function start(choice: TraceChoice | undefined): Promise<void> {
  void loadLibrary();
  beginSession();
  beginExplaining();
  beginFiltering();
  addEventListener('hashchange', () => void openLink(location.hash));
  if (choice !== undefined) {
    await openRules();
    await openTrace(choice);
  } else if (!(await openLink(location.hash))) {
    await openRules();
    const draft = keptDraft()?.story;
    if (draft !== undefined) await openText(draft.name, draft.text);
    else await openStory(FIRST_STORY);
  }
  keepDraft();
  vocabulary.value = await judge.ask('describe', undefined);
}

function openRules(): Promise<void> {
  return (rules ??= fillRules());
}

async function fillRules(): Promise<void> {
  const draft = keptDraft();
  if (draft !== undefined) {
    ruleFiles.value = draft.files;
    return;
  }
  try {
    const text = await starterRules();
    ruleFiles.value = ruleFiles.value.map((file) => (file.origin === 'shipped' ? { ...file, text } : file));
  } catch (error) {
    trouble.value = (error as Error).message;
  }
}
