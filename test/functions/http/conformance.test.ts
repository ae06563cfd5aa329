import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { LOCAL_ACCESS } from '../../../functions/http/access/local-access.ts';
import { createApp } from '../../../functions/http/app.ts';
import { CONFORMANCE, describeConformance } from '../../conformance/data.ts';

const RULES = ['falco_rules.yaml', 'falco-incubating_rules.yaml', 'falco-sandbox_rules.yaml'];

describeConformance('alerts over HTTP', () => {
  const app = createApp({
    access: LOCAL_ACCESS,
    site: { file: async () => undefined },
    dispatch: async () => {},
    openStore: () => {
      throw new Error('a capture in the body needs no store');
    },
    now: () => 0,
  });

  it.each([
    ['attack', 'stable', RULES.slice(0, 1), 'first'],
    ['sfcoll__files-filesat_e49f26', 'all-first', RULES, 'first'],
    ['attack', 'all-matchall', RULES, 'all'],
  ])('are those of Falco, byte for byte: %s, %s', async (capture, variant, files, matching) => {
    const form = new FormData();
    for (const name of files) form.append('rules', new File([readFileSync(join(CONFORMANCE, 'rules', name))], name));
    form.append('matching', matching);
    form.append('hostname', 'oracle');
    const bytes = readFileSync(join(CONFORMANCE, 'captures', `${capture}.scap.gz`));
    form.append('trace', new File([bytes], 'capture.scap.gz'));
    const headers = { accept: 'application/x-ndjson' };
    const request = new Request('http://127.0.0.1:8787/v1/detect', { method: 'POST', body: form, headers });
    const lines = (await (await app.fetch(request)).text()).trimEnd().split('\n');
    const golden = gunzipSync(readFileSync(join(CONFORMANCE, 'alerts', `${capture}.${variant}.jsonl.gz`))).toString();
    expect(lines.slice(0, -1)).toEqual(golden.trimEnd().split('\n'));
    expect(lines.at(-1)).toMatch(/^\{"report":\{"events":\d+,"alerts":\d+,/);
  });
});
