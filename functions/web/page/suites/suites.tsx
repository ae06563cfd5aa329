import { useEffect } from 'preact/hooks';
import { TokenField } from '../service/token-field.tsx';
import { ReportView } from './report-view.tsx';
import { choose, chosen, loadSuites, run, runSuite, suites, suiteTrouble } from './suite-state.ts';
import { TrendChart } from './trend-chart.tsx';

/** Suites of tests, their runs, and how they fare over time. */
export function Suites() {
  useEffect(() => void loadSuites(), []);
  const name = chosen.value;
  return (
    <div class="page">
      <header>
        <h1>Suites</h1>
        <p>
          Tests of rules that are kept by the service and run in the background. The run that you accept is what later
          runs are compared with.
        </p>
      </header>
      <TokenField onGiven={() => void loadSuites()} />
      {suiteTrouble.value !== undefined && (
        <p class="error-text" role="alert">
          {suiteTrouble.value}
        </p>
      )}
      {suites.value?.length === 0 && (
        <p class="panel empty">
          No suite is kept here yet. Send a folder with test files: creance suite run FOLDER --server URL --wait
        </p>
      )}
      {name !== undefined && (
        <>
          <div class="row wrap suite-bar">
            <label class="choice">
              <span class="soft">Suite</span>
              <select class="field" value={name} onChange={(event) => void choose(event.currentTarget.value)}>
                {suites.value?.map((suite) => (
                  <option key={suite.name} value={suite.name}>
                    {suite.name}, version {suite.version}
                  </option>
                ))}
              </select>
            </label>
            <button
              type="button"
              class="button main"
              disabled={run.value?.state === 'running'}
              onClick={() => void runSuite(name)}
            >
              Run
            </button>
            <Progress />
          </div>
          <TrendChart />
          <ReportView />
        </>
      )}
    </div>
  );
}

function Progress() {
  const going = run.value;
  if (going === undefined) return null;
  const { done, total } = going.shards;
  return (
    <span class="row grow" role="status">
      <progress max={Math.max(1, total)} value={done} aria-label="Progress of the run" />
      <span class="soft number">
        {going.state === 'running' ? `${done} of ${total} parts` : `${going.state}, ${going.tests ?? ''} tests`}
      </span>
    </span>
  );
}
