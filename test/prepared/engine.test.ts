import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hasErrors } from '../../engine/model/diagnostic.ts';
import { Source } from '../../engine/model/source.ts';
import { Preparation } from '../../engine/prepared/preparation.ts';
import { usualSelection } from '../../engine/prepared/usual.ts';
import { play } from '../../engine/scenario/play.ts';
import { readScenario } from '../../engine/scenario/read.ts';
import { FORM_STAMP } from '../../functions/traces/prepared-engine.ts';

const STORIES = fileURLToPath(new URL('../cases/prepared/', import.meta.url));

it('an engine that prepares otherwise has another name, so that forms of the old one are not used', () => {
  const hash = createHash('sha256');
  for (const name of readdirSync(STORIES).toSorted()) {
    const { scenario, diagnostics } = readScenario(new Source(name, readFileSync(`${STORIES}${name}`, 'utf8')));
    expect(hasErrors(diagnostics), JSON.stringify(diagnostics.map(({ message }) => message))).toBe(false);
    const preparation = new Preparation(usualSelection({ fields: [], types: [] }));
    play(scenario!, preparation);
    hash.update(preparation.finish({ engine: 'test', capture: 'test' }));
  }
  const stamp = hash.digest('hex').slice(0, 8);
  expect(stamp, `what forms hold has changed: write ${stamp} as FORM_STAMP`).toBe(FORM_STAMP);
});
