import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planOf } from '../../../agent/plan/plan.ts';
import { patternOf } from '../../../agent/redaction/patterns.ts';
import { Redaction, type RedactionSettings } from '../../../agent/redaction/redaction.ts';
import { Segment } from '../../../agent/segments/segment.ts';
import { check } from '../../../engine/check.ts';
import { EventBuilder } from '../../../engine/model/event-builder.ts';
import type { ProcessEntry } from '../../../engine/model/snapshot.ts';
import { Source } from '../../../engine/model/source.ts';

const NONE = { arguments: [], environment: [], data: [] };
const SECRETS: RedactionSettings = { mode: 'secrets', patterns: [], readers: NONE };
const S = 'h7Qx2mVb9Rt4';
const STARS = '*'.repeat(S.length);

type Field = 'arguments' | 'environment' | 'data';
/** Ways in which a secret is said; `~` stands between arguments. */
const SAID: readonly (readonly [Field, string])[] = [
  ['arguments', `app~--password~${S}`],
  ['arguments', `app~--db-password=${S}~--verbose`],
  ['arguments', `app~-password~${S}`],
  ['arguments', `app~--api-key~${S}`],
  ['arguments', `mysql~-u~root~-p${S}~shop`],
  ['arguments', `/usr/bin/mysqldump~-h~db~-p${S}`],
  ['arguments', `sshpass~-p~${S}~ssh~node-1`],
  ['arguments', `redis-cli~-h~cache~-a~${S}~ping`],
  ['arguments', `ldapsearch~-x~-w~${S}`],
  ['arguments', `curl~-u~admin:${S}~http://10.0.0.5/`],
  ['arguments', `curl~-H~Authorization: Bearer ${S}~http://10.0.0.5/`],
  ['arguments', `curl~-H~X-Api-Key: ${S}`],
  ['arguments', `psql~postgres://shop:${S}@db:5432/shop`],
  ['arguments', `sh~-c~PGPASSWORD=${S} psql -h db`],
  ['arguments', `sh~-c~mysql -u root -p${S} shop`],
  ['arguments', `sh~-c~app --token "${S}" | tee log`],
  ['environment', `PATH=/bin~AWS_SECRET_ACCESS_KEY=${S}`],
  ['environment', `MYSQL_PWD=${S}`],
  ['environment', `DB_PASS=${S}~HOME=/root`],
  ['environment', `DATABASE_URL=mysql://a:${S}@db/shop`],
  ['environment', `CI_JOB_TOKEN=${S}`],
  ['data', `GET / HTTP/1.1\r\nAuthorization: Basic ${S}\r\nHost: a\r\n`],
  ['data', `GET / HTTP/1.1\r\nCookie: session=${S}\r\n`],
  ['data', `{"user": "a", "password": "${S}", "b": 1}`],
  ['data', `password = ${S}\n`],
  ['data', `Server=db;Uid=a;Pwd=${S};`],
  ['data', `-----BEGIN OPENSSH PRIVATE KEY-----\n${S}\n-----END OPENSSH PRIVATE KEY-----\n`],
  ['data', `-----BEGIN RSA PRIVATE KEY-----\n${S}`],
  ['data', `root:$6$salt$${S}:19000:0:99999:7:::`],
  ['data', `a glpat-${S} b`],
  ['data', `a ghp_${S} b`],
  ['data', `a eyJhbGciOiJI.${S}.${S} b`],
];
/** What is no secret stays. */
const KEPT: readonly (readonly [Field, string])[] = [
  ['arguments', 'mkdir~-p~/var/lib/app'],
  ['arguments', 'ssh~-p~2222~node-1'],
  ['arguments', 'ps~-p~1'],
  ['arguments', 'sh~-c~id; cat /etc/passwd; ls /'],
  ['arguments', 'nginx~-g~daemon off;'],
  ['environment', 'PWD=/root~OLDPWD=/~PATH=/usr/bin:/bin~SSH_AUTH_SOCK=/tmp/a'],
  ['data', 'root:x:0:0:root:/root:/bin/bash\n'],
  ['data', 'GET /index.html HTTP/1.1\r\nHost: shop\r\n'],
];

const asText = (said: string): string => said.replaceAll('~', '\0');

describe('redaction', () => {
  it.each(SAID)('%s: %j', (field, said) => {
    const text = asText(said);
    const redacted = new Redaction(SECRETS).text(text, field);
    expect(redacted).toHaveLength(text.length);
    expect(redacted).not.toContain(S);
    expect(redacted).toContain(STARS);
  });

  it.each(KEPT)('leaves alone %s: %j', (field, said) => {
    expect(new Redaction(SECRETS).text(asText(said), field)).toBe(asText(said));
  });

  it('counts by kind and field, and names the rules that read what was redacted', () => {
    const conditions = { Line: 'proc.cmdline contains x', Data: 'evt.buffer contains x', Name: 'proc.name = x' };
    const rules = Object.entries(conditions).map(
      ([name, condition]) =>
        `- rule: ${name}\n  desc: d\n  condition: evt.type = execve and ${condition}\n  output: x\n  priority: INFO\n`,
    );
    const { ruleSet } = check([new Source('rules.yaml', rules.join(''))]);
    if (ruleSet === undefined) throw new Error('the rules do not load');
    const redaction = new Redaction({ ...SECRETS, readers: planOf(ruleSet).readers });
    redaction.text(`app\0--password\0${S}`, 'arguments');
    redaction.text(`app\0--token\0${S}`, 'arguments');
    expect(redaction.report()).toEqual({
      mode: 'secrets',
      counts: [{ kind: 'option', field: 'arguments', count: 2 }],
      rules: ['Line'],
    });
  });

  it('takes patterns of RE2 besides, and refuses what is none', () => {
    const pattern = patternOf('ticket', 'TICKET-(\\d+)');
    expect(patternOf('x', '(a')).toBeUndefined();
    const redaction = new Redaction({ ...SECRETS, patterns: pattern === undefined ? [] : [pattern] });
    expect(redaction.text('TICKET-1234 a', 'data')).toBe('TICKET-**** a');
    expect(new Redaction({ ...SECRETS, mode: 'off' }).report().mode).toBe('off');
  });

  it('keeps a planted secret out of the file, wherever it is said', async () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{10,24}$/).filter((text) => !/^(.)\1*$/.test(text));
    await fc.assert(
      fc.asyncProperty(
        secret,
        fc.nat({ max: SAID.length - 1 }),
        fc.lorem({ maxCount: 3 }),
        async (planted, at, before) => {
          const [field, said] = SAID[at] as (typeof SAID)[number];
          const text = asText(said.replaceAll(S, planted));
          const bytes = await written(field, field === 'data' ? `${before}\n${text}` : text);
          expect(bytes.includes(planted)).toBe(false);
          // It would be found if it were there.
          expect((await written(field, text, 'off')).includes(planted)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** A capture of one event and one process that say a text. */
async function written(field: Field, text: string, mode: 'secrets' | 'off' = 'secrets'): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'creance-redaction-'));
  try {
    const path = join(folder, 'a.scap');
    const about = { sequence: 1, hostname: 'a', kernel: 'b', syscalls: [], withManifest: false };
    const segment = new Segment(path, { ...about, redaction: { ...SECRETS, mode } });
    const head = { time: 1n, tid: 1 };
    const builder = new EventBuilder();
    const [exe = '', ...args] = field === 'arguments' ? text.split('\0') : ['app'];
    const env = field === 'environment' ? text.split('\0') : [];
    segment.writer.section();
    if (field !== 'data') segment.writer.process({ ...PROCESS, exe, args, env });
    if (field === 'data') {
      segment.event(builder.build('SYSCALL_READ_X', head, [1, Buffer.from(text, 'latin1'), 3, 10]));
    } else {
      const params = [0, exe, args, 1, 1, 1, '/', 0, 0, 0, 0, 0, 0, 'app', [], env];
      segment.event(builder.build('SYSCALL_EXECVE_19_X', head, params));
    }
    await segment.close(undefined, true);
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const PROCESS = {
  tid: 1,
  pid: 1,
  ptid: 0,
  sid: 1,
  pgid: 1,
  vpgid: 1,
  vtid: 1,
  vpid: 1,
  comm: 'app',
  exe: '',
  exepath: '/app',
  args: [],
  env: [],
  cwd: '/',
  root: '/',
  cgroups: [],
  fdLimit: 0,
  flags: 0,
  uid: 0,
  gid: 0,
  loginuid: 0,
  vmSize: 0,
  vmRss: 0,
  vmSwap: 0,
  majorFaults: 0,
  minorFaults: 0,
  exeWritable: false,
  exeUpperLayer: false,
  exeLowerLayer: false,
  exeFromMemfd: false,
  capInheritable: 0,
  capPermitted: 0,
  capEffective: 0,
  exeInode: 0,
  exeCtime: 0,
  exeMtime: 0,
  pidnsInitStart: 0,
  tty: 0,
} satisfies ProcessEntry;
