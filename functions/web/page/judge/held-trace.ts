import type { Hosts } from '../../../../engine/compare/hosts.ts';
import { hasErrors } from '../../../../engine/model/diagnostic.ts';
import { Source } from '../../../../engine/model/source.ts';
import { hostsOfScenario } from '../../../../engine/scenario/hosts.ts';
import { simulate } from '../../../../engine/simulate.ts';
import { diagnosticJson, type DiagnosticJson } from '../../../http/diagnostic-json.ts';
import { joined, unpacked } from './unpack.ts';
import type { TraceChoice } from './protocol.ts';

/** A trace in memory, unpacked, as often as it is needed. */
export interface HeldTrace {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly hosts: Hosts;
  readonly cases: readonly string[];
  readonly case: string | undefined;
  readonly findings: readonly DiagnosticJson[];
  readonly isScenario: boolean;
}

const DAMAGED: DiagnosticJson = {
  code: 'GZIP_CORRUPT',
  severity: 'error',
  message: 'the gzip file is damaged or cut off; what it holds up to there was read',
};

/** Brings a trace into memory: a scenario is played into a capture, anything else is read and unpacked. */
export async function holdTrace(choice: TraceChoice): Promise<HeldTrace> {
  if (choice.kind === 'scenario') return played(choice);
  const stream = choice.kind === 'bytes' ? choice.bytes.stream() : await download(choice);
  const { bytes, isDamaged } = await unpacked(stream);
  const findings = isDamaged ? [DAMAGED] : [];
  return { name: choice.name, bytes, hosts: new Map(), cases: [], case: undefined, findings, isScenario: false };
}

function played(choice: TraceChoice & { kind: 'scenario' }): HeldTrace {
  const source = new Source(choice.name, choice.text);
  let wanted = choice.case;
  let chunks: Uint8Array[] = [];
  const attempt = () =>
    simulate(source, 'scap', (bytes) => chunks.push(bytes), wanted === undefined ? {} : { case: wanted });
  let result = attempt();
  if (result.scenario === undefined && result.cases.length > 0 && !result.cases.includes(wanted ?? '')) {
    // A story with cases is told by one of them: the first, until another is chosen.
    wanted = result.cases[0];
    chunks = [];
    result = attempt();
  }
  const { scenario, cases, diagnostics } = result;
  return {
    name: choice.name,
    bytes: joined(chunks),
    hosts: scenario === undefined ? new Map() : hostsOfScenario(scenario),
    cases,
    case: cases.length > 0 ? wanted : undefined,
    findings: diagnostics.map(diagnosticJson),
    isScenario: scenario !== undefined || hasErrors(diagnostics),
  };
}

async function download({ url, token, name }: TraceChoice & { kind: 'address' }): Promise<ReadableStream<Uint8Array>> {
  const headers: HeadersInit = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(url, { headers });
  if (answer.ok && answer.body !== null) return answer.body;
  throw new Error(`${name}: the service answered ${answer.status}`);
}
