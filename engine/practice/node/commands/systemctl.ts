import { agoText, unitTime } from '../date-text.ts';
import type { Emulated } from '../emulated.ts';
import { entryLine } from '../journal.ts';
import { complain, type CommandIo, type NodeCommand } from '../node-command.ts';
import { optionProblem, readOptions } from '../options.ts';

const ACTIONS = ['status', 'start', 'stop', 'restart', 'reload', 'is-active', 'is-enabled', 'is-failed', 'cat', 'show'];
const UNIT = /^falco(?:-modern-bpf)?(?:\.service)?$/;
/** Lines of the journal that `status` shows. */
const LINES = 10;
const UNIT_FILE = '/usr/lib/systemd/system/falco.service';
const UNIT_TEXT = `# ${UNIT_FILE}
[Unit]
Description=Falco watches what containers do.

[Service]
ExecStart=/usr/bin/falco
ExecReload=kill -1 $MAINPID
StandardOutput=null

[Install]
WantedBy=multi-user.target
`;

/** `systemctl` */
export const SYSTEMCTL: NodeCommand = {
  name: 'systemctl',
  usage: `${ACTIONS.slice(0, 6).join('|')} falco`,
  about: 'the service of Falco: how it stands, start, stop, restart, reload',
  run(io) {
    const options = readOptions(io.args, ['no-pager', 'l', 'full', 'q', 'quiet', 'now'], ['n', 'lines']);
    const problem = optionProblem(options);
    if (problem !== undefined) return complain(io, problem);
    const [action = 'status', unit] = options.words;
    if (action === 'daemon-reload') return 0;
    if (!ACTIONS.includes(action))
      return complain(io, `Unknown command verb ${action}; there are ${ACTIONS.join(', ')}.`);
    if (unit === undefined) return complain(io, `${action} of which unit? There is falco.service.`);
    if (!UNIT.test(unit)) {
      io.error.write(`Unit ${unit.replace(/(\.service)?$/, '.service')} could not be found.\n`);
      return 4;
    }
    return ACT[action]?.(io, Number(options.value('n', 'lines') ?? LINES)) ?? 0;
  },
  complete: (words) => (words.length <= 1 ? ACTIONS : ['falco', 'falco.service']),
};

const ACT: Readonly<Record<string, (io: CommandIo, lines: number) => number>> = {
  status,
  cat: ({ output }) => (output.write(UNIT_TEXT), 0),
  show: ({ node, output }) => (output.write(`MainPID=${node.service.state === 'running' ? node.service.pid : 0}\n`), 0),
  start: (io) => started(io, io.node.service.start()),
  stop: ({ node }) => (node.service.stop(), 0),
  restart(io) {
    io.node.service.stop('restart');
    return started(io, io.node.service.start('restart'));
  },
  reload(io) {
    const { service } = io.node;
    if (service.state !== 'running') return complain(io, 'Unit falco.service is not active, cannot reload.');
    service.hangUp();
    return 0;
  },
  'is-active': ({ node, output }) => (output.write(`${word(node)}\n`), node.service.state === 'running' ? 0 : 3),
  'is-failed': ({ node, output }) => (output.write(`${word(node)}\n`), node.service.state === 'failed' ? 0 : 1),
  'is-enabled': ({ output }) => (output.write('enabled\n'), 0),
};

function word({ service }: Emulated): string {
  return { running: 'active', stopped: 'inactive', failed: 'failed' }[service.state];
}

function started({ error }: CommandIo, hasStarted: boolean): number {
  if (hasStarted) return 0;
  error.write('Job for falco.service failed because the control process exited with error code.\n');
  error.write('See "systemctl status falco.service" and "journalctl -u falco.service" for details.\n');
  return 1;
}

function status({ node, output }: CommandIo, lines: number): number {
  const { service, journal, hostname, now } = node;
  const since = `since ${unitTime(service.since)}; ${agoText(now - service.since)}`;
  const mark = { running: '●', stopped: '○', failed: '×' }[service.state];
  const active = {
    running: `active (running) ${since}`,
    stopped: service.since === 0n ? 'inactive (dead)' : `inactive (dead) ${since}`,
    failed: `failed (Result: exit-code) ${since}`,
  }[service.state];
  output.write(`${mark} falco.service - Falco watches what containers do.\n`);
  output.write(`     Loaded: loaded (${UNIT_FILE}; enabled; preset: enabled)\n`);
  output.write(`     Active: ${active}\n`);
  if (service.state === 'running') {
    output.write(`   Main PID: ${service.pid} (falco)\n     CGroup: /system.slice/falco.service\n`);
    output.write(`             └─${service.pid} /usr/bin/falco\n`);
  } else if (service.state === 'failed') {
    output.write(`    Process: ${service.pid} ExecStart=/usr/bin/falco (code=exited, status=1/FAILURE)\n`);
  }
  const told = journal.entries().filter(({ unit }) => unit === 'falco');
  const shown = lines > 0 ? told.slice(-lines) : [];
  if (shown.length > 0) output.write(`\n${shown.map((one) => `${entryLine(one, hostname)}\n`).join('')}`);
  return service.state === 'running' ? 0 : 3;
}
