import { accept, report } from './suite-state.ts';
import type { ReportTest } from './run-shapes.ts';

/** Tests that are listed; those that failed come first. */
const MOST = 300;
const WORDS = { passed: 'passed', failed: 'failed', error: 'not run', skipped: 'skipped' } as const;

/** The report of a run: what failed and why, and what changed since the accepted run. */
export function ReportView() {
  const shown = report.value;
  if (shown === undefined) return null;
  const { passed, failed, errors, skipped, tests } = shown.report;
  const grave = tests.toSorted((a, b) => rank(a) - rank(b));
  return (
    <section class="panel" aria-label="Report">
      <div class="bar">
        <h2 class="grow number">
          {passed} passed, {failed} failed{errors > 0 && `, ${errors} not run`}
          {skipped > 0 && `, ${skipped} skipped`}
        </h2>
        <button
          type="button"
          class="button"
          onClick={() => void accept(shown.run)}
          disabled={shown.difference?.run === shown.run}
        >
          {shown.difference?.run === shown.run ? 'Accepted' : 'Accept this run'}
        </button>
      </div>
      <Difference />
      <ul class="tests">
        {grave.slice(0, MOST).map((test, place) => (
          <TestRow key={place} test={test} />
        ))}
      </ul>
      {tests.length > MOST && (
        <p class="empty">
          {tests.length} tests; the first {MOST} are listed.
        </p>
      )}
    </section>
  );
}

function Difference() {
  const { difference, run } = report.value ?? {};
  if (difference === undefined || difference.run === run) return null;
  const { broken, mended, added, removed } = difference;
  const words = [
    broken.length > 0 && `${broken.length} broke`,
    mended.length > 0 && `${mended.length} mended`,
    added.length > 0 && `${added.length} new`,
    removed.length > 0 && `${removed.length} gone`,
  ].filter((word) => word !== false);
  return (
    <p class="difference">
      Since the accepted run: {words.length === 0 ? 'nothing changed' : words.join(', ')}.
      {broken.length > 0 && ` ${broken.slice(0, 5).join('; ')}`}
    </p>
  );
}

function TestRow({ test: { name, file, status, reason, failures, findings } }: { readonly test: ReportTest }) {
  const tone = status === 'passed' ? 'chip ok' : status === 'skipped' ? 'chip' : 'chip error';
  return (
    <li>
      <span class={tone}>{WORDS[status]}</span> {name} <span class="soft">{file}</span>
      {reason !== undefined && <span class="soft"> {reason}</span>}
      {failures.map(({ expected, came, nearest }, place) => (
        <div key={place} class="failure">
          expected {expected}
          {[...came, ...nearest].slice(0, 8).map((line, at) => (
            <div key={at} class="mono soft">
              {line}
            </div>
          ))}
        </div>
      ))}
      {status === 'error' &&
        findings.map(({ message }, place) => (
          <div key={place} class="failure">
            {message}
          </div>
        ))}
    </li>
  );
}

function rank({ status }: ReportTest): number {
  return ['failed', 'error', 'skipped', 'passed'].indexOf(status);
}
