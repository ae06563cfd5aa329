import { showReport, trend, report } from './suite-state.ts';

/** Runs that are drawn. */
const MOST = 40;
const HEIGHT = 64;

/** How a suite fared: a bar for each run, what failed in another colour. */
export function TrendChart() {
  const runs = trend.value.slice(0, MOST).toReversed();
  if (runs.length === 0) return <p class="panel empty">This suite was not run yet.</p>;
  const most = Math.max(...runs.map(({ tests }) => tests), 1);
  return (
    <section class="panel trend" aria-label="Runs over time">
      <ol style={{ height: `${HEIGHT}px` }}>
        {runs.map(({ run, createdAt, passed, failed, errors, tests }) => {
          const bad = failed + errors;
          return (
            <li key={run}>
              <button
                type="button"
                aria-pressed={report.value?.run === run}
                aria-label={`${createdAt.slice(0, 16).replace('T', ' ')}: ${passed} of ${tests} passed`}
                title={`${createdAt.slice(0, 16).replace('T', ' ')}: ${passed} passed, ${bad} failed`}
                onClick={() => void showReport(run)}
              >
                <span class="bad" style={{ height: `${(bad / most) * 100}%`, minHeight: bad > 0 ? '3px' : '0' }} />
                <span class="good" style={{ height: `${(passed / most) * 100}%` }} />
              </button>
            </li>
          );
        })}
      </ol>
      <p class="soft number">{runs.length === 1 ? 'One run' : `${runs.length} runs`}, the latest on the right</p>
    </section>
  );
}
