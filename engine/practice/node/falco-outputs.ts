import { decodeBoolean } from '../../document/decode.ts';
import { plainAt, readPlain, type Plain } from '../plain.ts';
import { CONFIGURATION_PATH } from '../task.ts';

/** What a falco.yaml says of where alerts and log lines go. */
export interface FalcoOutputs {
  readonly stdout: boolean;
  readonly syslog: boolean;
  /** Undefined where `file_output` is off. */
  readonly file: string | undefined;
  readonly logStderr: boolean;
  readonly logSyslog: boolean;
  /** `watch_config_files` */
  readonly watches: boolean;
}

/** Reads outputs with Falco's defaults for what is not there. */
export function readOutputs(text: string): FalcoOutputs {
  const whole = readPlain(CONFIGURATION_PATH, text);
  const flag = (path: string, otherwise: boolean): boolean => truthOf(plainAt(whole, path)) ?? otherwise;
  const filename = plainAt(whole, 'file_output.filename');
  return {
    stdout: flag('stdout_output.enabled', false),
    syslog: flag('syslog_output.enabled', false),
    file: flag('file_output.enabled', false) && typeof filename === 'string' ? filename : undefined,
    logStderr: flag('log_stderr', false),
    logSyslog: flag('log_syslog', true),
    watches: flag('watch_config_files', true),
  };
}

function truthOf(value: Plain | undefined): boolean | undefined {
  return typeof value === 'string' ? decodeBoolean(value) : undefined;
}
