// node test/store/ceph/start.ts FOLDER: a Ceph of one node that keeps all in memory, with its S3 gateway, as root; prints
// the CREANCE_TEST_S3_* variables for it. Debian: ceph-mon ceph-osd ceph-common radosgw. The processes go on when this
// one has ended; their numbers lie in FOLDER/*.pid.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { freePort } from '../../bench/suite/free-port.ts';

const BUCKET = 'creance-test';
const KEYS = { accessKeyId: 'creance', secretAccessKey: 'only-for-tests' };
const MEMORY_BYTES = 1024 * 1024 * 1024;
const START_MS = 60_000;

const given = process.argv[2];
if (given === undefined) throw new Error('where? node test/store/ceph/start.ts FOLDER');
const folder = resolve(given);
const config = join(folder, 'ceph.conf');
const [monitorPort, gatewayPort] = [await freePort(), await freePort()];
const endpoint = `http://127.0.0.1:${gatewayPort}`;

rmSync(folder, { recursive: true, force: true });
for (const name of ['mon', 'osd']) mkdirSync(join(folder, name), { recursive: true });
const cluster = randomUUID();
writeFileSync(config, configuration());
startMonitor();
startStorage();
startGateway();
await createBucket();
process.stdout.write(`CREANCE_TEST_S3_ENDPOINT=${endpoint}
CREANCE_TEST_S3_REGION=us-east-1
CREANCE_TEST_S3_BUCKET=${BUCKET}
CREANCE_TEST_S3_ACCESS_KEY_ID=${KEYS.accessKeyId}
CREANCE_TEST_S3_SECRET_ACCESS_KEY=${KEYS.secretAccessKey}
`);

/** One copy of everything, in memory, reached on this machine alone. */
function configuration(): string {
  const settings = {
    fsid: cluster,
    mon_host: `v2:127.0.0.1:${monitorPort}`,
    public_addr: '127.0.0.1',
    cluster_addr: '127.0.0.1',
    keyring: join(folder, 'keys'),
    log_file: join(folder, '$name.log'),
    pid_file: join(folder, '$name.pid'),
    run_dir: folder,
    admin_socket: join(folder, '$name.asok'),
    mon_data: join(folder, 'mon'),
    osd_data: join(folder, 'osd'),
    // A disk that is nearly full is none of a test's business.
    mon_data_avail_crit: 1,
    mon_osd_min_in_ratio: 0,
    mon_allow_pool_size_one: true,
    osd_pool_default_size: 1,
    osd_pool_default_min_size: 1,
    osd_pool_default_pg_num: 4,
    osd_pool_default_pgp_num: 4,
    osd_pool_default_pg_autoscale_mode: 'off',
    osd_crush_chooseleaf_type: 0,
    osd_objectstore: 'memstore',
    memstore_device_bytes: MEMORY_BYTES,
    osd_class_load_list: '*',
    osd_class_default_list: '*',
    rgw_frontends: `beast endpoint=127.0.0.1:${gatewayPort}`,
    rgw_enable_apis: 's3, admin',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const gateway = `[client.rgw]\nkeyring = ${join(folder, 'gateway.keys')}\n`;
  return `[global]\n${lines.join('\n')}\n[osd.0]\nkeyring = ${join(folder, 'osd', 'keyring')}\n${gateway}`;
}

function startMonitor(): void {
  const map = join(folder, 'monitors');
  const address = `[v2:127.0.0.1:${monitorPort}]`;
  call('monmaptool', ['--create', '--fsid', cluster, '--addv', 'a', address, map]);
  const keys = join(folder, 'keys');
  call('ceph-authtool', ['--create-keyring', keys, '--gen-key', '-n', 'mon.', '--cap', 'mon', 'allow *']);
  const all = ['--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *', '--cap', 'mgr', 'allow *'];
  call('ceph-authtool', [keys, '--gen-key', '-n', 'client.admin', ...all]);
  call('ceph-mon', ['--mkfs', '-i', 'a', '--monmap', map, '--keyring', keys, '-c', config]);
  call('ceph-mon', ['-i', 'a', '-c', config]);
}

function startStorage(): void {
  const id = randomUUID();
  call('ceph', ['-c', config, 'osd', 'new', id, '0']);
  // Without a monitor's settings: it would wait for some that it can only ask for once it has a key.
  call('ceph-osd', ['-i', '0', '--no-mon-config', '--mkfs', '--mkkey', '--osd-uuid', id, '-c', config]);
  const keys = join(folder, 'osd', 'keyring');
  call('ceph', ['-c', config, 'auth', 'add', 'osd.0', 'osd', 'allow *', 'mon', 'allow profile osd', '-i', keys]);
  call('ceph-osd', ['-i', '0', '-c', config]);
}

function startGateway(): void {
  const may = ['mon', 'allow *', 'osd', 'allow *', 'mgr', 'allow *'];
  call('ceph', ['-c', config, 'auth', 'get-or-create', 'client.rgw', ...may, '-o', join(folder, 'gateway.keys')]);
  const keys = ['--access-key', KEYS.accessKeyId, '--secret-key', KEYS.secretAccessKey];
  call('radosgw-admin', ['-c', config, 'user', 'create', '--uid', 'test', '--display-name', 'test', ...keys]);
  call('radosgw', ['-c', config, '-n', 'client.rgw']);
}

/** The gateway answers a few seconds after it was started. */
async function createBucket(): Promise<void> {
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: KEYS,
    forcePathStyle: true,
    maxAttempts: 1,
  });
  for (const until = Date.now() + START_MS; ;) {
    try {
      return void (await client.send(new CreateBucketCommand({ Bucket: BUCKET })));
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((done) => setTimeout(done, 250));
    }
  }
}

/** Runs a command to its end; what it says goes to a file, for it says much. */
function call(command: string, words: readonly string[]): void {
  const log = join(folder, 'start.log');
  try {
    const said = execFileSync(command, words, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: START_MS,
    });
    appendFileSync(log, `${command}\n${said}`);
  } catch (error) {
    throw new Error(`${command} failed: ${(error as { stderr?: string }).stderr ?? ''}`, { cause: error });
  }
}
