import { FIRST_RULES, FIRST_SCENARIO } from '../../greeting.ts';
import { Editor } from './editor.ts';
import { byId, element } from './element.ts';
import { Outcome, type Alert, type RunReport } from './outcome.ts';
import {
  checkRules,
  fetchList,
  ProblemError,
  streamLines,
  type Problem,
  type Scenario,
  type Trace,
} from './service.ts';

const TRACE_PREFIX = 'trace:';
const FILE_NAME = 'my_rules.yaml';

const editor = new Editor(FIRST_RULES, () => void check());
const outcome = new Outcome();
const choice = byId<HTMLSelectElement>('trace');
const story = byId('story');
const runButton = byId<HTMLButtonElement>('run');
let scenarios: readonly Scenario[] = [];
let running: AbortController | undefined;

byId<HTMLFormElement>('bench').addEventListener('submit', (event) => {
  event.preventDefault();
  void run();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void run();
});
choice.addEventListener('change', tellStory);
openFiles();
await fillChoice();
await check();

async function fillChoice(): Promise<void> {
  scenarios = await fetchList<Scenario>('/v1/scenarios', 'scenarios');
  const traces = await fetchList<Trace>('/v1/traces', 'traces');
  const option = (value: string, text: string): HTMLOptionElement => element('option', { text, attributes: { value } });
  const kept = traces.map(({ id, name }) => option(`${TRACE_PREFIX}${id}`, name));
  const group = (label: string, folder: string): HTMLOptGroupElement =>
    element('optgroup', { attributes: { label } }, ...storiesIn(folder).map(({ name, title }) => option(name, title)));
  choice.replaceChildren(
    group('Techniques', ''),
    group('Whole intrusions', 'intrusions/'),
    group('Every day', 'workloads/'),
  );
  if (kept.length > 0) choice.append(element('optgroup', { attributes: { label: 'Uploaded traces' } }, ...kept));
  if (scenarios.some(({ name }) => name === FIRST_SCENARIO)) choice.value = FIRST_SCENARIO;
  tellStory();
}

/** Stories of one folder of the library, as people say their names. */
function storiesIn(folder: string): { name: string; title: string }[] {
  return scenarios
    .filter(({ name }) => name.slice(0, name.lastIndexOf('/') + 1) === folder)
    .map(({ name }) => ({ name, title: name.slice(folder.length).replaceAll('-', ' ') }));
}

function tellStory(): void {
  const chosen = scenarios.find(({ name }) => name === choice.value);
  story.replaceChildren();
  if (chosen === undefined) return;
  story.append(chosen.story.replace(/\.?$/, '.'));
  for (const technique of chosen.techniques)
    story.append(' ', element('span', { class: 'technique', text: technique }));
}

async function check(): Promise<void> {
  const { text } = editor;
  const findings = await checkRules(FILE_NAME, text);
  // Another check is on its way when the text has changed meanwhile.
  if (findings !== undefined && text === editor.text) editor.show(findings);
}

async function run(): Promise<void> {
  running?.abort();
  const current = new AbortController();
  running = current;
  runButton.classList.add('busy');
  outcome.begin();
  const over = choice.value.startsWith(TRACE_PREFIX)
    ? { trace: choice.value.slice(TRACE_PREFIX.length) }
    : { scenario: choice.value };
  const rules = [{ name: FILE_NAME, text: editor.text }];
  try {
    await streamLines('/v1/detect', { rules, ...over }, current.signal, (line) => {
      if ('report' in line) outcome.end(line['report'] as RunReport);
      else if ('problem' in line) outcome.fail(line['problem'] as Problem);
      else outcome.add(line as unknown as Alert);
    });
  } catch (error) {
    if (current.signal.aborted) return;
    if (error instanceof ProblemError) {
      outcome.fail(error.problem);
      if (error.problem.diagnostics !== undefined) editor.show(error.problem.diagnostics);
    } else outcome.fail({ title: 'The service does not answer', detail: (error as Error).message });
  } finally {
    if (running === current) runButton.classList.remove('busy');
  }
}

function openFiles(): void {
  const file = byId<HTMLInputElement>('file');
  byId('open').addEventListener('click', () => file.click());
  file.addEventListener('change', async () => {
    const [first] = file.files ?? [];
    if (first === undefined) return;
    editor.text = await first.text();
    file.value = '';
    await check();
  });
}
