import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../functions/http/app.ts';
import { NO_ACCESS } from '../../functions/http/access/access.ts';

const INFRA = fileURLToPath(new URL('../../infra/', import.meta.url));
const read = (path: string): string => readFileSync(`${INFRA}${path}`, 'utf8');

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly automountServiceAccountToken: boolean;
        readonly securityContext: object;
        readonly containers: readonly [
          {
            readonly securityContext: object;
            readonly resources: { readonly limits: object };
            readonly ports: readonly [{ readonly containerPort: number }];
          } & Readonly<Record<'startupProbe' | 'livenessProbe' | 'readinessProbe', { httpGet: { path: string } }>>,
        ];
      };
    };
  };
}

describe('the Kubernetes manifests', () => {
  const { spec } = (load(read('kubernetes/deployment.yaml')) as Deployment).spec.template;
  const [container] = spec.containers;

  it('are all named by the kustomization', () => {
    const { resources } = load(read('kubernetes/kustomization.yaml')) as { readonly resources: readonly string[] };
    const files = readdirSync(`${INFRA}kubernetes`).filter((name) => name !== 'kustomization.yaml');
    expect(resources.toSorted()).toEqual(files.toSorted());
  });

  it('give the service no privileges, no token and no file system to write to', () => {
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.resources.limits).toHaveProperty('memory');
  });

  it('probe what the service answers, at the port on which it listens', async () => {
    const app = createApp({
      access: NO_ACCESS,
      site: { file: async () => undefined },
      dispatch: async () => {},
      openStore: () => ({ reachable: async () => {} }) as never,
      now: () => 0,
    });
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
      const answer = await app.fetch(new Request(`http://10.0.0.7:8787${container[probe].httpGet.path}`));
      expect(answer.status).toBe(200);
    }
    expect(container.ports[0].containerPort).toBe(8787);
  });
});

describe('the environments of wrangler', () => {
  const config = load(read('wrangler.jsonc').replaceAll(/^\s*\/\/.*$/gm, '')) as Record<string, never> & {
    readonly env: Readonly<Record<string, Readonly<Record<string, unknown>> & { vars: Record<string, string> }>>;
  };

  it.each(['staging', 'production'])('%s has every binding that development has, and asks for tokens', (name) => {
    const environment = config.env[name];
    for (const kind of ['r2_buckets', 'ratelimits', 'queues']) {
      expect(bindingsIn(environment?.[kind])).toEqual(bindingsIn(config[kind]));
    }
    expect(environment?.vars['CREANCE_ACCESS']).toBe('tokens');
    expect(Object.keys(environment?.vars ?? {}).filter((variable) => /KEY|SECRET/.test(variable))).toEqual([]);
  });

  it('share no bucket and no queue', () => {
    const text = JSON.stringify(config.env['staging']);
    expect(text).not.toContain('"creance"');
    expect(text).not.toContain('"creance-runs"');
  });
});

/** Names of bindings anywhere in a part of the configuration. */
function bindingsIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"(?:binding|name)":"([A-Z_]+)"/g)].map(([, name]) => name as string);
}
