import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LockedError, takeLock } from '../../functions/store/persistence-lock.ts';

const URL_OF_OTHER = 'http://127.0.0.1:8787';

describe('the lock of a store', () => {
  it('is refused while another holds it, naming who', () => {
    const directory = fresh();
    const lock = takeLock(directory, 'npm start', URL_OF_OTHER);
    expect(() => takeLock(directory, 'creance serve', '')).toThrow(LockedError);
    expect(() => takeLock(directory, 'creance serve', '')).toThrow(
      `in use by npm start (process ${process.pid}) at ${URL_OF_OTHER}`,
    );
    lock.release();
  });

  it('is free again once it was released', () => {
    const directory = fresh();
    takeLock(directory, 'one', '').release();
    takeLock(directory, 'two', '').release();
    expect(existsSync(join(directory, 'lock'))).toBe(false);
  });

  it('is stale when its process is gone', () => {
    const directory = fresh();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    hold(directory, [{ pid }]);
    takeLock(directory, 'next', '').release();
  });

  it('is held while any process that it names still runs', () => {
    const directory = fresh();
    const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
    const running = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    try {
      hold(directory, [{ pid: gone }, { pid: running.pid }]);
      expect(() => takeLock(directory, 'next', '')).toThrow(LockedError);
    } finally {
      running.kill('SIGKILL');
    }
  });

  it.skipIf(process.platform !== 'linux')('is stale when its number now belongs to a later process', () => {
    const directory = fresh();
    hold(directory, [{ pid: process.pid, started: '1' }]);
    takeLock(directory, 'next', '').release();
  });

  it('is stale when it can not be read', () => {
    const directory = fresh();
    for (const text of ['', '{', 'null', '[]', '{"processes":1}']) {
      writeFileSync(join(directory, 'lock'), text);
      takeLock(directory, 'next', '').release();
    }
  });

  it('names the processes that were started to serve', () => {
    const directory = fresh();
    const lock = takeLock(directory, 'npm start', '');
    lock.include(process.ppid);
    const { processes } = JSON.parse(readFileSync(join(directory, 'lock'), 'utf8')) as { processes: { pid: number }[] };
    expect(processes.map(({ pid }) => pid)).toEqual([process.pid, process.ppid]);
    lock.release();
  });
});

function fresh(): string {
  return mkdtempSync(join(tmpdir(), 'creance-lock-'));
}

function hold(directory: string, processes: readonly object[]): void {
  writeFileSync(join(directory, 'lock'), JSON.stringify({ processes, command: 'npm start', url: URL_OF_OTHER }));
}
