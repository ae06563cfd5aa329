import { diagnosticText } from '../../model/diagnostic-text.ts';
import { loadResultText } from '../../rules/load-result-text.ts';
import type { LoadResult } from '../../rules/loader.ts';
import type { RuleStack } from '../rule-stack.ts';

/** The release of Falco that is emulated. */
export const FALCO_VERSION = '0.44.1';

/** What Falco says when it starts, a text each, and why it does not where it does not. */
export interface FalcoStart {
  readonly log: readonly string[];
  /** Undefined when it runs. */
  readonly error: string | undefined;
}

/** What Falco's log says of starting with these rules. */
export function falcoStart({ configuration, results, findings }: RuleStack, configurationPath: string): FalcoStart {
  const log = [`Falco version: ${FALCO_VERSION} (x86_64)`];
  if (configuration === undefined) return { log, error: errorsOf(findings) };
  log.push('Falco initialized with configuration files:', `   ${configurationPath} | schema validation: ok`);
  if (results.length === 0) return { log, error: errorsOf(findings) };
  log.push('Loading rules from:');
  for (const result of results) {
    log.push(`   ${result.source.name} | schema validation: ${schemaWord(result)}`);
    if (!result.successful) return { log, error: loadResultText(result).trimEnd() };
    if (result.warnings.length > 0) log.push(loadResultText(result).trimEnd());
  }
  return {
    log: [
      ...log,
      'The chosen syscall buffer dimension is: 8388608 bytes (8 MBs)',
      'Loaded event sources: syscall',
      'Enabled event sources: syscall',
      "Opening 'syscall' source with modern BPF probe.",
      "One ring buffer every '2' CPUs.",
    ],
    error: undefined,
  };
}

function errorsOf(findings: RuleStack['findings']): string {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map((one) => diagnosticText(one).replace(/^error: /, ''))
    .join('\n');
}

function schemaWord({ schema }: LoadResult): string {
  if (schema === undefined) return 'none';
  return schema.valid ? 'ok' : 'failed';
}
