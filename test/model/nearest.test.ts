import { describe, expect, it } from 'vitest';
import { nearest } from '../../engine/model/nearest.ts';

describe('nearest', () => {
  it.each([
    ['priorty', ['priority', 'output', 'desc'], 'priority'],
    ['ouptut', ['priority', 'output', 'desc'], 'output'],
    ['proc.nam', ['proc.name', 'proc.exe'], 'proc.name'],
    ['Condition', ['condition', 'conditions'], 'condition'],
    ['xyz', ['priority', 'output'], undefined],
    ['', ['a'], 'a'],
  ])('%s among %j is %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});
