import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { explainFirst, ruleOf } from './explained-trace.ts';

type Case = readonly [check: string, event: number, holds: boolean, code: string, text: string];

const CASES = load(
  readFileSync(new URL('../cases/explanation/reasons.yaml', import.meta.url), 'utf8'),
) as readonly Case[];

describe('the reason of a check', () => {
  it.each(CASES)('%s at event %i', (written, event, holds, code, text) => {
    const check = explainFirst(ruleOf(written), event).table?.rows[0]?.check;
    expect({ holds: check?.holds, code: check?.reason.code, text: check?.reason.text }).toEqual({ holds, code, text });
  });

  it('shows what can not be seen as escapes, and decodes what is not ASCII', () => {
    const check = (condition: string, event: number) => explainFirst(ruleOf(condition), event).table?.rows[0]?.check;
    expect(check('fd.name endswith .conf', 1)?.value).toBe('/etc/nginx/Ünïcode.conf');
    expect(check('evt.arg.name contains red', 2)?.value).not.toContain('\x1b');
    expect(check('proc.name = "\u202eevil"', 1)?.check).toBe('proc.name = \\u{202e}evil');
  });
});
