import type { ComponentType } from 'preact';
import { later } from './later.tsx';
import { path, type Path } from './route.ts';
import { Top } from './top.tsx';

const PAGES: Readonly<Record<Path, ComponentType>> = {
  '/': later(async () => (await import('../playground/playground.tsx')).Playground),
  '/compare': later(async () => (await import('../compare/compare.tsx')).Compare),
  '/traces': later(async () => (await import('../traces/traces.tsx')).Traces),
  '/suites': later(async () => (await import('../suites/suites.tsx')).Suites),
  '/practice': later(async () => (await import('../practice/practice.tsx')).Practice),
};

/** The whole page: its head and the place that is shown. */
export function App() {
  const Page = PAGES[path.value];
  return (
    <div class={path.value === '/' ? 'shell fixed' : 'shell'}>
      <Top />
      <main id="main">
        <Page />
      </main>
    </div>
  );
}
