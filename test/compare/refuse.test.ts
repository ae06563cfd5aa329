import { describe, expect, it } from 'vitest';
import { checked, saidCases } from './compare-cases.ts';

describe('a condition that is refused', () => {
  it.each(saidCases('refuse.yaml'))('$condition: $says', ({ condition, says, ends }) => {
    const { condition: tree, diagnostics } = checked(condition);
    expect(tree).toBeUndefined();
    expect(diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      [ends ? 'RUNTIME_EXCEPTION' : 'LOAD_ERR_COMPILE_CONDITION', 'error', says],
    ]);
  });

  it('is refused for its first wrong check, whose place is told', () => {
    const text = 'evt.type = open and proc.pid = ten and foo.bar = 1';
    const [first, ...more] = checked(text).diagnostics;
    expect(more).toEqual([]);
    expect(text.slice(first?.span?.start, first?.span?.end)).toBe('proc.pid = ten');
  });

  it('is refused for a wrong check before a list of names that Falco could not search', () => {
    expect(checked('evt.type = val(evt.res) and proc.pid = ten').diagnostics[0]?.message).toBe(
      'ten is not a valid number',
    );
  });

  it('may name evt.type on the right where only the field on the left is searched', () => {
    expect(checked('evt.res = val(evt.type)').condition).toBeDefined();
    expect(checked('tolower(evt.type) startswith open').condition).toBeDefined();
  });

  it.each([254, 255])('may compare with a text of %i bytes', (length) => {
    expect(checked(`proc.name = ${'x'.repeat(length)}`).condition).toBeDefined();
  });

  it('may not compare with a longer text', () => {
    const text = 'é'.repeat(128);
    expect(checked(`proc.name = ${text}`).diagnostics[0]?.message).toBe(
      `filter parameter too long (used=257, available=256):${text}`,
    );
  });
});

describe('a constant that looks like something else', () => {
  it.each(saidCases('warn.yaml'))('$condition: $says', ({ condition, says }) => {
    const { condition: tree, diagnostics } = checked(condition);
    expect(tree).toBeDefined();
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual(
      says === undefined ? [] : [['LOAD_COMPILE_CONDITION', says]],
    );
  });
});

describe('a check that makes Falco end while it runs', () => {
  it.each(['fd.port intersects (53)', 'fd.ip intersects (1.2.3.4)', 'fd.sip.name contains x'])('%s', (condition) => {
    const { condition: tree, diagnostics } = checked(condition);
    expect(tree).toBeDefined();
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['RUNTIME_EXCEPTION', 'lint']]);
  });
});
