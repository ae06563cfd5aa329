import type { BaselineDifference, RunReport } from './run.ts';

/** Lines of a list that are shown; the rest is counted. */
const MOST_LINES = 50;

/** The report of a run for a pull request: the verdict in a sentence, then what changed, then what is wrong. */
export function runMarkdown(run: RunReport, difference: BaselineDifference | undefined): string {
  const { passed, failed, errors, skipped, tests } = run.report;
  const isGood = failed + errors === 0;
  const lines = [
    `### ${isGood ? 'All tests pass' : `${failed + errors} of ${tests.length} tests do not pass`}`,
    '',
    `Suite **${run.suite.name}**, version ${run.suite.version}: ${passed} passed, ${failed} failed, ${errors} with errors, ${skipped} skipped.`,
    '',
    ...(difference === undefined ? [] : differenceLines(difference)),
    ...section(
      'What is wrong',
      tests
        .filter(({ status }) => status === 'failed' || status === 'error')
        .map(({ name, file, failures, findings }) => {
          const what = failures[0]?.expected ?? findings[0]?.message ?? '';
          const nearest = failures[0]?.nearest[0];
          return `**${cell(name)}** (${cell(file)}): expected ${cell(what)}${nearest === undefined ? '' : `; nearest: ${cell(nearest)}`}`;
        }),
    ),
    ...run.report.coverage.flatMap(({ files, rules, positive, negative }) => [
      `Coverage by ${files.map((file) => cell(file)).join(', ')}: ${rules.length} rules, ${positive} with a positive test, ${negative} with a negative one.`,
      '',
    ]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function differenceLines({ run, broken, mended, added, removed, alerts }: BaselineDifference): string[] {
  return [
    `Compared with the accepted run \`${run.slice(0, 12)}\`: ${broken.length} broken, ${mended.length} mended, ${added.length} new, ${removed.length} gone.`,
    '',
    ...section('Broken since', broken.map(cell)),
    ...section('Mended since', mended.map(cell)),
    ...section(
      'Alerts that changed in number',
      alerts.map(({ test, rule, before, after }) => `${cell(test)}: ${cell(rule)} ${before} → ${after}`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST_LINES ? [`- and ${lines.length - MOST_LINES} more`] : [];
  return [`#### ${title}`, '', ...lines.slice(0, MOST_LINES).map((line) => `- ${line}`), ...more, ''];
}

/** A text of a user, which must not become markup. */
function cell(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#~]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
