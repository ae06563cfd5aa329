import { effect } from '@preact/signals';
import { inOrder, ruleFiles, type OpenFile } from './rule-files.ts';
import { story } from './session.ts';

const KEY = 'creance-playground';
/** Milliseconds after the last edit. */
const REST_MS = 400;
/** Characters that are kept; browsers refuse some millions. */
const MOST_CHARS = 1_500_000;

/** What was written here before. */
interface Draft {
  readonly files: readonly OpenFile[];
  readonly story: { readonly name: string; readonly text: string } | undefined;
}

/** Keeps what is written on this machine, so that it is there after the page was closed. */
export function keepDraft(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const draft: Draft = { files: ruleFiles.value, story: story.value };
    clearTimeout(timer);
    timer = setTimeout(() => write(draft), REST_MS);
  });
}

/** What was kept; undefined when there is nothing, or nothing that can be read. */
export function keptDraft(): Draft | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(KEY) ?? '') as Draft;
    const isRight =
      draft.files.length > 0 && draft.files.every((file) => typeof file.text + typeof file.name === 'stringstring');
    return isRight ? { ...draft, files: inOrder(draft.files) } : undefined;
  } catch {
    return undefined;
  }
}

function write(draft: Draft): void {
  const text = JSON.stringify(draft);
  try {
    if (text.length < MOST_CHARS) localStorage.setItem(KEY, text);
  } catch {
    // A browser that keeps nothing: the page works all the same.
  }
}
