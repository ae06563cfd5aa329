import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { complete, history, interrupt, node, print, runLine, transcript } from './node.ts';
import { keepNode } from './practice-state.ts';

/** The line that is typed. Tab completes a word, and leaves an empty line as it leaves any other field. */
export function TerminalLine({ input }: { readonly input: RefObject<HTMLInputElement | null> }) {
  const [text, setText] = useState('');
  /** Lines before this one that are no whole command yet. */
  const [begun, setBegun] = useState('');
  /** Which of the lines typed before is shown; their count for none. */
  const [place, setPlace] = useState<number | undefined>(undefined);
  const shown = node.value;
  const prompt = shown === undefined || shown.isBusy ? '' : begun === '' ? shown.prompt : '> ';

  const run = async (line: string, before: string): Promise<string> => {
    const whole = before + line;
    const isRun = await runLine(whole);
    const rest = isRun ? '' : `${whole}\n`;
    setBegun(rest);
    if (isRun) keepNode();
    return rest;
  };
  const give = (line: string): void => {
    if (shown === undefined || shown.isBusy) return;
    setText('');
    setPlace(undefined);
    void run(line, begun);
  };
  const giveUp = (): void => {
    print(`${prompt}${text}^C\n`);
    setText('');
    setBegun('');
    setPlace(undefined);
  };
  const walk = (step: -1 | 1): void => {
    const all = history.peek();
    const next = Math.max(0, Math.min(all.length, (place ?? all.length) + step));
    setPlace(next);
    setText(all[next] ?? '');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isControl = event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    const field = event.currentTarget as HTMLInputElement;
    const done = (work: () => void): void => {
      event.preventDefault();
      work();
    };
    if (event.key === 'ArrowUp') done(() => walk(-1));
    else if (event.key === 'ArrowDown') done(() => walk(1));
    else if (event.key === 'Tab' && !event.shiftKey && text !== '') done(() => void completed(field, setText));
    else if (isControl && event.key === 'l') done(() => (transcript.value = []));
    else if (isControl && event.key === 'c' && field.selectionStart === field.selectionEnd) {
      done(() => (shown?.isBusy === true ? void interrupt() : giveUp()));
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData?.getData('text') ?? '';
    if (!pasted.includes('\n') || shown === undefined || shown.isBusy) return;
    event.preventDefault();
    const lines = (text + pasted).split(/\r?\n/);
    setText(lines.pop() ?? '');
    void runAll(lines, begun, run);
  };
  return (
    <form
      class="terminal-line mono"
      onSubmit={(event) => {
        event.preventDefault();
        give(text);
      }}
    >
      <label>
        <span class="terminal-prompt">{prompt}</span>
        <span class="spoken">Command</span>
        <input
          ref={input}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          enterkeyhint="send"
          aria-disabled={shown === undefined || shown.isBusy}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
      </label>
    </form>
  );
}

async function runAll(
  lines: readonly string[],
  begun: string,
  run: (line: string, before: string) => Promise<string>,
): Promise<void> {
  let before = begun;
  for (const line of lines) before = await run(line, before);
}

/** Completes the word before the cursor; where it could be several, as far as they agree, and tells them. */
async function completed(field: HTMLInputElement, setText: (text: string) => void): Promise<void> {
  const at = field.selectionStart ?? field.value.length;
  const [before, behind] = [field.value.slice(0, at), field.value.slice(at)];
  const found = await complete(before);
  if (found === undefined || found.words.length === 0 || field.value !== before + behind) return;
  const { from, words } = found;
  const most = commonStart(words);
  if (words.length > 1 && most.length <= before.length - from) {
    print(`${node.peek()?.prompt ?? ''}${field.value}\n${words.map((word) => word.trim()).join('  ')}\n`);
    return;
  }
  const now = before.slice(0, from) + most;
  setText(now + behind);
  queueMicrotask(() => field.setSelectionRange(now.length, now.length));
}

/** What all words begin with. */
function commonStart(words: readonly string[]): string {
  const [first = ''] = words;
  let length = first.length;
  for (const word of words) while (!word.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
