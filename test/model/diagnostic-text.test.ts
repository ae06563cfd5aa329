import { describe, expect, it } from 'vitest';
import { diagnosticText } from '../../engine/model/diagnostic-text.ts';
import { Source } from '../../engine/model/source.ts';

const source = new Source('rules.yaml', '- macro: a\n- rule: b\n  condition: spawned_proces and x\r\n  desc: end');
const at = (word: string) => {
  const start = source.text.indexOf(word);
  return { source, start, end: start + word.length };
};
const base = { code: 'LOAD_ERR_VALIDATE', severity: 'error', message: 'Undefined macro' } as const;

describe('a diagnostic for people', () => {
  it('shows the place, the line, the word and what to do', () => {
    expect(diagnosticText({ ...base, span: at('spawned_proces'), hint: 'did you mean spawned_process?' })).toBe(
      [
        'error: Undefined macro [LOAD_ERR_VALIDATE]',
        ' --> rules.yaml:3:14',
        '  |',
        '3 |   condition: spawned_proces and x',
        '  |              ^^^^^^^^^^^^^^',
        '  = did you mean spawned_process?',
      ].join('\n'),
    );
  });

  it('points behind the last line when something is missing there', () => {
    const span = { source, start: source.text.length, end: source.text.length };
    expect(diagnosticText({ ...base, span })).toContain('4 |   desc: end\n  |            ^');
  });

  it('cuts a line that is too long to show, around the place', () => {
    const long = new Source('x', `${'a'.repeat(5000)}HERE${'b'.repeat(5000)}`);
    const text = diagnosticText({ ...base, span: { source: long, start: 5000, end: 5004 } });
    expect(text).toContain('1 | ...aaaaaaaaaaaaaaaaaaaaHERE');
    expect(text.split('\n').at(-1)).toBe(`  |    ${' '.repeat(20)}^^^^`);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(120);
  });

  it('tells the place in a trace', () => {
    expect(diagnosticText({ ...base, byteOffset: 4711 })).toContain('at byte 4711 of the decompressed trace');
  });
});
