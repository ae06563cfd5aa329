import { readDocuments } from '../../../engine/document/read-documents.ts';
import { Source } from '../../../engine/model/source.ts';
import { importSuite } from '../../../engine/scenario/import/import-suite.ts';
import { heldDiagnostics } from '../diagnostics.ts';
import { changeText } from '../mutate/text.ts';
import { suites } from '../samples.ts';
import { promise, type Target } from '../target.ts';

const WORDS = [
  ...'tests: name: rule: runner: HostRunner context: container: processes: resources: steps: cases: strategy: values:'.split(
    ' ',
  ),
  ...'vector matrix syscall type: args: fd: ${a.fd} ${a.ret} %{item.a} clientServer tcp4 socket connect open'.split(
    ' ',
  ),
];

/** Suites of event-generator: what can't be translated is told, and what is written is YAML. */
export const suite: Target<string> = {
  name: 'suite',
  kind: 'text',
  brief: 250,
  make: (random) => random.pick(suites()),
  change: (text, random) => changeText(text, random, { words: WORDS, samples: suites() }),
  run(text, watch) {
    const { stories, diagnostics } = importSuite(new Source('suite.yaml', text));
    promise(stories.length > 0 || diagnostics.length > 0, 'a suite became nothing without a reason');
    watch.allow(stories.length);
    const names = new Set(stories.map(({ name }) => name));
    promise(names.size === stories.length, 'two scenarios have one name');
    for (const story of stories) {
      const { diagnostics: found } = readDocuments(new Source('story.yaml', story.text));
      promise(found.length === 0, `the scenario is no YAML: ${found[0]?.message}`);
    }
    return [...heldDiagnostics(diagnostics), `${stories.length} stories`];
  },
};
