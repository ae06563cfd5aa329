// npm run bench:suite [-- --scenarios COUNT --captures COUNT]: a suite as a run under `wrangler dev` and on Node; the
// reports must be the same bytes.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SuiteReport } from '../../../engine/suite/result.ts';
import { serve } from '../../../functions/node.ts';
import { buildSite } from '../../../functions/web/build-site.ts';
import { startWrangler } from '../../../functions/wrangler.ts';
import { freePort } from './free-port.ts';
import { librarySuite } from './library-suite.ts';
import { runAt, type RunAt } from './run-at.ts';

const { values } = parseArgs({
  options: { scenarios: { type: 'string', default: '500' }, captures: { type: 'string', default: '20' } },
});
const FOLDER = mkdtempSync(join(tmpdir(), 'creance-suite-'));
try {
  const [scenarios, captures] = [Number(values.scenarios), Number(values.captures)];
  const suite = await librarySuite({ scenarios, captures, recorded: true });
  const bytes = suite.captures.reduce((sum, capture) => sum + capture.bytes.length, 0);
  process.stdout.write(`${scenarios} scenarios, ${suite.captures.length} captures of ${megabytes(bytes)} MB\n`);
  const onNode = await atNode((url) => runAt(url, 'library', suite));
  told('Node', onNode);
  const onWorkerd = await atWorkerd((url) => runAt(url, 'library', suite));
  told('wrangler dev', onWorkerd);
  const isSame = onNode.report === onWorkerd.report;
  process.stdout.write(isSame ? 'the reports are the same bytes\n' : 'the reports DIFFER\n');
  if (!isSame) process.exitCode = 1;
} finally {
  rmSync(FOLDER, { recursive: true, force: true });
}

async function atNode<T>(work: (url: string) => Promise<T>): Promise<T> {
  const service = await serve({ port: 0, directory: join(FOLDER, 'node'), env: {} });
  return work(service.url).finally(() => service.stop());
}

async function atWorkerd<T>(work: (url: string) => Promise<T>): Promise<T> {
  const [port, directory] = [await freePort(), join(FOLDER, 'workerd')];
  mkdirSync(directory, { recursive: true });
  await buildSite();
  const wrangler = startWrangler({ port, directory, external: undefined });
  try {
    if (!(await wrangler.answering)) throw new Error('wrangler dev did not start');
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    await wrangler.stop();
  }
}

function told(where: string, { report, seconds }: RunAt): void {
  const { passed, failed, errors, tests } = (JSON.parse(report) as { report: SuiteReport }).report;
  const events = tests.reduce((sum, test) => sum + test.events, 0);
  const hash = createHash('sha256').update(report).digest('hex').slice(0, 16);
  process.stdout.write(
    `${where.padEnd(13)} kept in ${seconds.keeping.toFixed(1)} s, run in ${seconds.running.toFixed(1)} s: ` +
      `${passed} passed, ${failed} failed, ${errors} errors, ${events.toLocaleString('en')} events; ` +
      `report of ${megabytes(report.length)} MB, sha256 ${hash}...\n`,
  );
  for (const { name, status, failures, findings } of tests) {
    if (status === 'passed' || status === 'skipped') continue;
    process.stdout.write(`  ${status} ${name}: ${failures[0]?.expected ?? findings[0]?.message ?? ''}\n`);
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
