import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gapText } from '../../../agent/segments/manifest.ts';
import { SegmentFile } from '../../../agent/segments/segment-file.ts';
import { targetOf } from '../../../agent/segments/target.ts';
import type { Counts } from '../../../agent/stream/stats.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'creance-segments-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LOST: Counts = { other: 0, file: 3, close: 0, transfer: 40, network: 0, process: 0, identity: 0, memory: 0 };

describe('a segment on disk', () => {
  it('has its name only when it is whole, and is readable before', async () => {
    const file = new SegmentFile(join(folder, 'a.scap.gz'));
    file.write(Buffer.from('one '));
    file.flush();
    file.write(Buffer.from('two'));
    await expect.poll(() => file.waiting).toBe(3);
    expect(gunzipSync(readFileSync(file.partial)).toString()).toBe('one ');
    expect(existsSync(file.path)).toBe(false);
    const { bytes, sha256 } = await file.close();
    const whole = readFileSync(file.path);
    expect(gunzipSync(whole).toString()).toBe('one two');
    expect([bytes, sha256.length]).toEqual([whole.length, 64]);
    expect(existsSync(file.partial)).toBe(false);
  });

  it('says what the disk refused', async () => {
    const file = new SegmentFile(join(folder, 'no', 'such', 'folder.scap'));
    file.write(Buffer.from('x'));
    await expect(file.close()).rejects.toThrow('ENOENT');
  });
});

describe('where a recording goes', () => {
  it('is a file by its ending, and a folder of segments in the order of their names otherwise', () => {
    expect(targetOf(join(folder, 'x.scap.gz'))).toMatchObject({ isFolder: false });
    const target = targetOf(join(folder, 'new'));
    expect(target.isFolder).toBe(true);
    expect(target.path(7, 1_700_000_000_123_456_789n)).toBe(join(folder, 'new', '20231114T221320.123Z-000007.scap.gz'));
  });
});

describe('a gap', () => {
  it('is told in words', () => {
    const when = { from: 1_000_000_000n, to: 1_500_000_000n };
    expect(gapText({ ...when, reason: 'ring full', lost: LOST })).toBe(
      '43 events are missing in 0.500 s: ring full (file 3, transfer 40)',
    );
    expect(gapText({ ...when, reason: 'recorder ended', lost: undefined })).toBe(
      'an unknown number of events is missing in 0.500 s: recorder ended',
    );
  });
});
