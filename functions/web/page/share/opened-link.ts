import { computed, signal } from '@preact/signals';
import { CREANCE_VERSION } from '../../../version.ts';
import { verdict } from '../playground/session.ts';
import { alertWords, openBench } from './bench-of-session.ts';
import { compared } from './compared.ts';
import { unpack } from './packed.ts';
import { readShared, type SharedBench } from './shared-bench.ts';

/** How the fragment of a link begins. */
export const LINK = '#bench=';

/** What the link that was opened carries. */
const opened = signal<SharedBench | undefined>(undefined);
/** What is wrong with the link, for people. */
export const linkTrouble = signal<string | undefined>(undefined);

/** Whether what came is what the link expects; undefined while no link is open. */
export const linkResult = computed(() => {
  const bench = opened.value;
  if (bench === undefined || verdict.value === undefined) return undefined;
  const version = bench.engine === CREANCE_VERSION ? undefined : bench.engine;
  return { ...compared(bench.expected, alertWords()), version, expected: bench.expected.length };
});

/** Opens what the address of the page carries; false when it carries nothing. */
export async function openLink(fragment: string): Promise<boolean> {
  if (!fragment.startsWith(LINK)) return false;
  try {
    const bench = readShared(await unpack(fragment.slice(LINK.length)));
    await openBench(bench);
    opened.value = bench;
    return true;
  } catch (error) {
    linkTrouble.value = (error as Error).message;
    return false;
  }
}

/** Forgets the link: what is on the page is the reader's own now. */
export function closeLink(): void {
  opened.value = undefined;
  linkTrouble.value = undefined;
  history.replaceState(null, '', location.pathname);
}
