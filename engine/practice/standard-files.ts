import { CONFIGURATION_PATH, LOCAL_PATH, SHIPPED_PATH, type MachineFiles } from './task.ts';

/** The configuration of a practice machine, where a task brings none of its own. */
const CONFIGURATION = `# Rule files in the order in which they are loaded; a folder stands for its files, sorted.
rules_files:
  - ${SHIPPED_PATH}
  - ${LOCAL_PATH}
  - /etc/falco/rules.d

rule_matching: first
priority: debug
watch_config_files: true

log_stderr: true
log_syslog: false

json_output: false
time_format_iso_8601: false

stdout_output:
  enabled: true

syslog_output:
  enabled: true

file_output:
  enabled: false
  keep_alive: false
  filename: ./events.txt
`;

/** Files that every practice machine has, unless its task says otherwise. */
export function standardFiles(shipped: string): MachineFiles {
  return new Map([
    [CONFIGURATION_PATH, CONFIGURATION],
    [SHIPPED_PATH, shipped],
    [LOCAL_PATH, '# Rules of this machine. They are loaded after the shipped ones.\n'],
  ]);
}
