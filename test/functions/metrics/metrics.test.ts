import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Metrics } from '../../../functions/metrics/metrics.ts';

/** A metric of each family. */
function filled(): Metrics {
  const metrics = new Metrics();
  metrics.count('GET', '/v1/traces/{id}', 200, 0.02);
  metrics.count('GET', '/v1/traces/{id}', 200, 3);
  metrics.observe({ what: 'run begun', kind: 'suite' });
  metrics.observe({ what: 'run ended', kind: 'suite', state: 'done', seconds: 12 });
  metrics.observe({ what: 'shard', kind: 'suite', result: 'done', seconds: 0.4 });
  metrics.observe({ what: 'shard failed', result: 'failed' });
  metrics.observe({ what: 'delivery', format: 'falco', state: 'delivered', messages: 7, seconds: 1 });
  metrics.observe({ what: 'segment', result: 'read', seconds: 4_000 });
  return metrics;
}

describe('metrics', () => {
  it('are text as Prometheus reads it: each family once, with its help and type before its series', () => {
    const text = filled().text({ runs: 1, shards: 2, segments: 3 });
    expect(text.endsWith('\n')).toBe(true);
    const families: string[] = [];
    for (const line of text.trimEnd().split('\n')) {
      const head = /^# (HELP|TYPE) (creance_[a-z_]+) \S/.exec(line);
      if (head?.[1] === 'HELP') families.push(head[2] as string);
      else if (head !== null) expect(families.at(-1)).toBe(head[2]);
      else {
        const [, name] = /^(creance_[a-z_]+)(?:\{[a-z]+="[^"\\]*"(?:,[a-z]+="[^"\\]*")*\})? [\d.]+$/.exec(line) ?? [];
        expect(name, line).toBeDefined();
        expect(name?.replace(/_(bucket|sum|count)$/, '')).toBe(families.at(-1));
      }
    }
    expect(new Set(families).size).toBe(families.length);
    expect(text).toContain(
      'creance_request_seconds_bucket{method="GET",route="/v1/traces/{id}",status="200",le="2.5"} 1',
    );
    expect(text).toContain(
      'creance_request_seconds_bucket{method="GET",route="/v1/traces/{id}",status="200",le="+Inf"} 2',
    );
    expect(text).toContain('creance_delivery_messages_total{format="falco"} 7\n');
    expect(text).toContain('creance_index_seconds_bucket{result="read",le="1800"} 0\n');
    expect(text).toContain('creance_index_segments_waiting 3\n');
  });

  it('say nothing of what a process does not know', () => {
    const text = new Metrics().text({ runs: 0 });
    expect(text).toContain('creance_runs_in_progress 0\n');
    expect(text).not.toMatch(/waiting|shard|index/);
  });

  it('are all told of in the guide', () => {
    const guide = readFileSync(new URL('../../../infra/README.md', import.meta.url), 'utf8');
    const text = filled().text({ runs: 1, shards: 2, segments: 3 });
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1] as string);
    expect(names.length).toBeGreaterThan(9);
    expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });
});
