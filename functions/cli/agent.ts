import { REDACTION_FLAGS } from './agent-redaction-flags.ts';
import { OPERATION_FLAGS } from './agent-operation-flags.ts';
import { SPOOL_FLAGS } from './agent-spool-flags.ts';
import { UsageError, type Command } from './command.ts';

const RECORD_ONLY = 'record: ';

/** `creance agent record|plan|doctor`. */
export const AGENT: Command = {
  name: 'agent',
  summary: 'record this machine with eBPF: what the rules need, as captures',
  usage: 'record -o OUT [-r RULES... | --all] | plan -r RULES... | doctor',
  about:
    'record writes the syscalls of this machine as captures that Creance and Falco read: those that the rules need, and those by which processes and descriptors are known, or all. OUT is a file (.scap or .scap.gz), or a folder of segments that each begin with the state of the machine, with a manifest each. With --server, segments are sent to a service and removed when it has them; what could not be sent waits in the folder, also over restarts. It ends with Ctrl-C, SIGTERM or --for. Exit code 0 when nothing was lost, 1 when something was (how much is told, and stands in the capture), 3 when this machine can not be recorded: plan tells which syscalls are recorded for which rules, doctor what is missing and how to get it. CAP_BPF and CAP_PERFMON suffice.',
  words: [1, 1],
  flags: [
    { name: 'rules', short: 'r', value: 'FILE', multiple: true, help: 'rule files or folders, in order' },
    { name: 'all', help: `${RECORD_ONLY}every syscall there is` },
    { name: 'output', short: 'o', value: 'OUT', help: `${RECORD_ONLY}a file, or a folder of segments` },
    { name: 'for', value: 'SECONDS', help: `${RECORD_ONLY}end by itself after this time` },
    {
      name: 'cgroup',
      value: 'PATH',
      multiple: true,
      help: `${RECORD_ONLY}only what happens in these control groups; the lives of processes are recorded everywhere`,
    },
    { name: 'ring', value: 'MB', help: `${RECORD_ONLY}memory for events on their way, a power of two (8)` },
    {
      name: 'memory',
      value: 'MB',
      help: `${RECORD_ONLY}the most memory of the agent without the loader (192); above it less is recorded, and counted`,
    },
    { name: 'snaplen', value: 'BYTES', help: `${RECORD_ONLY}bytes kept of what is read and written (80)` },
    { name: 'segment-size', value: 'MB', help: `${RECORD_ONLY}size of a segment before compression (64)` },
    { name: 'segment-seconds', value: 'SECONDS', help: `${RECORD_ONLY}age of a segment (60)` },
    { name: 'user', value: 'UID', help: `${RECORD_ONLY}who the loader becomes once it is attached (65534); 0 stays` },
    ...REDACTION_FLAGS,
    ...OPERATION_FLAGS,
    ...SPOOL_FLAGS,
    { name: 'loader', value: 'PATH', help: 'the loader, if not the one that npm run build:agent made' },
  ],
  examples: [
    ['agent doctor', 'can this machine be recorded?'],
    ['agent plan -r falco_rules.yaml', 'what would be recorded, and why'],
    ['agent record -r falco_rules.yaml -o /var/lib/creance', 'segments, until Ctrl-C'],
    [
      'agent record -r falco_rules.yaml -o /var/lib/creance --server https://creance.example --token-file /etc/creance/token',
      'and send them',
    ],
    ['agent record --all -o attack.scap.gz --for 10', 'everything, for ten seconds'],
  ],
  async run(given, terminal) {
    const [verb] = given.words;
    if (verb === 'record') return (await import('./agent-record.ts')).recordCommand(given, terminal);
    if (verb === 'plan') return (await import('./agent-plan.ts')).planCommand(given, terminal);
    if (verb === 'doctor') return (await import('./agent-doctor.ts')).doctorCommand(given, terminal);
    throw new UsageError(`'${verb}' is none of record, plan, doctor`);
  },
};
