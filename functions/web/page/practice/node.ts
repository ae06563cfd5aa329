import { batch, computed, signal } from '@preact/signals';
import { reveal } from '../editor/reveal.ts';
import type { NodeAct, NodeView } from '../judge/node-desk.ts';
import { judge } from '../playground/session.ts';
import { files, open, shownPath, type OpenTask } from './open-task.ts';
import { attempt } from './trouble.ts';
import { filesWith, isOfNode, type Written } from './written-files.ts';

/** Characters of the terminal that are kept; the oldest go first. */
const MOST_SHOWN = 200_000;
/** How often time passes on the node, in milliseconds of the page's time. */
const TICK_MS = 100;
/** A page that was not seen for a while does not catch up. */
const MOST_TICK_MS = 500;
/** How often what happens on the node by itself is kept. */
const KEEP_MS = 5_000;

/** The node of the open task; undefined where it has none, or it is still being opened. */
export const node = signal<Pick<NodeView, 'prompt' | 'isBusy' | 'clock'> | undefined>(undefined);
/** What the terminal shows, piece by piece: a reader is told of new pieces alone. */
export const transcript = signal<readonly { readonly number: number; readonly text: string }[]>([]);
let pieceCount = 0;
/** Lines that were typed before, the oldest first. */
export const history = signal<readonly string[]>([]);
/** How many times faster than here time passes there. */
export const speed = signal(1);
/** Files as they are on the node. */
const onNode = signal<ReadonlyMap<string, string>>(new Map());
/** Files of the editor that are not saved. */
export const unsaved = computed(() =>
  node.value === undefined ? [] : files.value.filter(({ name, text }) => onNode.value.get(name) !== text),
);

/** Opens the node of a task, as it was left. */
export async function openNode(task: OpenTask, before: Written): Promise<void> {
  closeNode();
  const { sheet, choice } = task;
  const kept = before.length === 0 ? undefined : [...filesWith(sheet.files, before)];
  const view = await judge.ask('node', { task: choice, files: kept });
  if (view === undefined || open.peek() !== task) return;
  batch(() => {
    onNode.value = new Map(Object.entries(sheet.files));
    transcript.value = [];
    if (kept !== undefined) print('The node as you left it.\n');
    take(view);
  });
}

/** Nothing is typed any more. */
export function closeNode(): void {
  node.value = undefined;
}

/** Runs a line; false where it is not whole, and more must be typed. */
export async function runLine(line: string): Promise<boolean> {
  await saveFiles();
  const { prompt = '' } = node.peek() ?? {};
  const view = await judge.ask('act', { kind: 'run', line });
  if (view === undefined || view.isOpen) return view === undefined;
  print(`${prompt}${line}\n`);
  take(view);
  return true;
}

/** Ends the command that holds the terminal. */
export function interrupt(): Promise<void> {
  return act({ kind: 'interrupt' });
}

/** What the last word of a line could become. */
export async function complete(line: string): Promise<NodeView['completion']> {
  return (await judge.ask('act', { kind: 'complete', line }))?.completion;
}

/** Writes what is in the editor to the node. */
export async function saveFiles(): Promise<void> {
  const some = unsaved.peek().map(({ name, text }) => [name, text] as const);
  if (some.length > 0) await act({ kind: 'save', files: some });
}

/** All files of the node as they are now. */
export async function filesOnNode(): Promise<ReadonlyMap<string, string>> {
  await saveFiles();
  await act({ kind: 'look' });
  return onNode.peek();
}

/** Files that the node has, as far as it told. */
export function toldFiles(): ReadonlyMap<string, string> {
  return node.peek() === undefined ? new Map() : onNode.peek();
}

/** Adds to what the terminal shows. */
export function print(text: string): void {
  if (text === '') return;
  const pieces = [...transcript.peek(), { number: ++pieceCount, text: text.slice(-MOST_SHOWN) }];
  let size = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  while (size > MOST_SHOWN) size -= pieces.shift()?.text.length ?? 0;
  transcript.value = pieces;
}

/**
 * Lets time pass on the node while the page is seen. Gives what stops it.
 *
 * @param keep called now and then, for what happens there by itself
 */
export function runNode(keep: () => void): () => void {
  let [last, kept, isWaiting] = [performance.now(), 0, false];
  const timer = setInterval(() => {
    const passed = Math.min(performance.now() - last, MOST_TICK_MS);
    last = performance.now();
    if (node.peek() === undefined || isWaiting || document.hidden) return;
    isWaiting = true;
    void act({ kind: 'advance', ms: passed * speed.peek() }).finally(() => (isWaiting = false));
    if (last - kept < KEEP_MS) return;
    kept = last;
    keep();
  }, TICK_MS);
  addEventListener('pagehide', keep);
  return () => {
    clearInterval(timer);
    removeEventListener('pagehide', keep);
  };
}

async function act(what: NodeAct): Promise<void> {
  await attempt(async () => {
    const view = await judge.ask('act', what);
    if (view !== undefined && node.peek() !== undefined) take(view);
  });
}

function take({ output, prompt, isBusy, clock, history: typed, changed, edit }: NodeView): void {
  batch(() => {
    print(output);
    node.value = { prompt, isBusy, clock };
    if (typed !== undefined) history.value = typed;
    if (changed.length > 0) takeFiles(changed);
    if (edit !== undefined) showFile(edit);
  });
}

/** What changed on the node is in the editor too, where nobody wrote in it meanwhile. */
function takeFiles(changed: NodeView['changed']): void {
  const before = onNode.peek();
  const now = new Map(before);
  const edited = new Map(files.peek().map(({ name, text }) => [name, text]));
  let isOther = false;
  for (const [path, text] of changed) {
    if (text === null) now.delete(path);
    else now.set(path, text);
    if (isOfNode(path) || edited.get(path) !== before.get(path) || edited.get(path) === (text ?? undefined)) continue;
    isOther = true;
    if (text === null) edited.delete(path);
    else edited.set(path, text);
  }
  onNode.value = now;
  if (isOther) files.value = [...edited].map(([name, text]) => ({ name, text }));
}

function showFile(path: string): void {
  if (!files.peek().some(({ name }) => name === path)) {
    files.value = [...files.peek(), { name: path, text: onNode.peek().get(path) ?? '' }];
  }
  shownPath.value = path;
  reveal(path, 0, 0);
}
