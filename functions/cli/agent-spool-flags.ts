import type { Flag } from './command.ts';
import { SERVER_FLAG } from './server-flag.ts';

const RECORD_ONLY = 'record: ';

/** Flags of the folder of segments, and of where they are sent. */
export const SPOOL_FLAGS: readonly Flag[] = [
  { ...SERVER_FLAG, help: `${RECORD_ONLY}send the segments to this service, and remove what it has` },
  {
    name: 'token-file',
    value: 'FILE',
    help: `${RECORD_ONLY}where the token for the service stands, if not in CREANCE_TOKEN; scope agent suffices`,
  },
  { name: 'name', value: 'NAME', help: `${RECORD_ONLY}what the recording is called there (this machine's name)` },
  {
    name: 'drain',
    value: 'SECONDS',
    help: `${RECORD_ONLY}how long is sent on at the end; the rest waits for the next start (20)`,
  },
  {
    name: 'spool-max',
    value: 'MB',
    help: `${RECORD_ONLY}disk that segments may take; with --server 1024 unless given, without it there is no limit`,
  },
  {
    name: 'spool-drop',
    value: 'WHICH',
    choices: ['oldest', 'newest'],
    help: `${RECORD_ONLY}which segments are given up when the disk is full (oldest)`,
  },
];
