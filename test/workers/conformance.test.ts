import { env, exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { capturePath } from '../conformance/captures.ts';
import { linesOf, textOf, type ConformanceData } from '../conformance/conformance-data.ts';
import { CONDITIONS } from '../conformance/sets/conditions.ts';
import { LOADER } from '../conformance/sets/loader.ts';
import { Tally } from '../conformance/tally.ts';
import { STABLE_FILES, UPSTREAM_FILES } from '../conformance/upstream-rules.ts';
import { boundData } from './bound-data.ts';

const PATIENCE = 300_000;

describe('the answers of the real Falco, in workerd', () => {
  if (env.CONFORMANCE === undefined) {
    it('needs conformance data', ({ skip }) => skip('conformance data not present'));
    return;
  }
  const data = boundData(env.CONFORMANCE);

  it.each(
    ['attack', 'small', 'sfcoll__setuid-setuid_39405e'].flatMap((capture) => [
      { capture, variant: 'stable', files: STABLE_FILES, matching: 'first' },
      { capture, variant: 'all-first', files: UPSTREAM_FILES, matching: 'first' },
      { capture, variant: 'all-matchall', files: UPSTREAM_FILES, matching: 'all' },
    ]),
  )('are those of the service, to which a capture is posted: $capture, $variant', async (run) => {
    const expected: string[] = [];
    for await (const line of linesOf(data, `alerts/${run.capture}.${run.variant}.jsonl.gz`)) expected.push(line);
    const form = new FormData();
    for (const path of run.files) form.append('rules', new File([await textOf(data, path)], path));
    form.append('hostname', 'oracle');
    form.append('matching', run.matching);
    form.append('trace', new File(await piecesOf(data, await capturePath(data, run.capture)), 'capture.scap'));
    const headers = { accept: 'application/x-ndjson' };
    const answer = await exports.default.fetch(
      new Request('http://127.0.0.1:8787/v1/detect', { method: 'POST', body: form, headers }),
    );
    const lines = new TextDecoder()
      .decode(await answer.arrayBuffer())
      .trimEnd()
      .split('\n');
    expect(lines.slice(0, -1)).toEqual(expected);
    expect(lines.at(-1)).toContain(`"alerts":${expected.length},`);
  });

  it.each([
    { set: CONDITIONS, unit: 'refusals' },
    { set: CONDITIONS, unit: 'falco__open-multiple-files_61832b' },
    { set: CONDITIONS, unit: 'libs__curl_google_26c88b' },
    { set: CONDITIONS, unit: 'sfcoll__rename-rename_756657' },
    { set: LOADER, unit: 'loader-cases.json' },
  ])('are those of the engine: $set.name, $unit', { timeout: PATIENCE }, async ({ set, unit }) => {
    const tally = new Tally(unit);
    await set.compare(data, unit, tally);
    expect(tally.outcome.differences).toEqual([]);
    expect(tally.outcome.equal).toBeGreaterThan(100);
  });
});

/** A file as it lies there. */
async function piecesOf(data: ConformanceData, path: string): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of data.open(path)) pieces.push(new Uint8Array(piece));
  return pieces;
}
