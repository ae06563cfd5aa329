import { effect, signal } from '@preact/signals';
import type { RuleNames } from '../editor/rule-names.ts';
import { reveal } from '../editor/reveal.ts';
import type { MachineRules } from '../judge/machine-rules.ts';
import type { Definition } from '../judge/protocol.ts';
import { judge } from '../playground/session.ts';
import { files, open, shownPath } from './open-task.ts';
import { attempt } from './trouble.ts';

/** Milliseconds after the last letter. */
const REST_MS = 120;

/** What Falco says of the rules as they are written; undefined until it was asked. */
export const machine = signal<MachineRules | undefined>(undefined);
/** Names that the rules define, as far as they loaded last. */
let definitions: readonly Definition[] = [];

/** What words of the rules stand for. */
export const NAMES: RuleNames = {
  all: () => definitions,
  show: ({ file, offset }) => showPlace(file, offset, offset),
};

/** Shows a stretch of a file. */
export function showPlace(path: string, from: number, to: number): void {
  shownPath.value = path;
  reveal(path, from, to);
}

/** Asks whenever something is written. Gives what stops it. */
export function watchRules(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let of = open.peek();
  const stop = effect(() => {
    const [now, task] = [files.value, open.value];
    if (task !== of) {
      machine.value = undefined;
      definitions = [];
    }
    const rest = task === of ? REST_MS : 0;
    of = task;
    clearTimeout(timer);
    if (task !== undefined) timer = setTimeout(() => void ask(now), rest);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

async function ask(now: typeof files.value): Promise<void> {
  await attempt(async () => {
    const told = await judge.ask('machine', { files: now });
    if (told === undefined || files.peek() !== now) return;
    definitions = told.definitions ?? definitions;
    machine.value = told;
  });
}
