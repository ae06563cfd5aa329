import type { Diagnostic } from '@codemirror/lint';
import type { EditorState } from '@codemirror/state';
import type { DiagnosticJson } from '../../../http/diagnostic-json.ts';
import { fixOf } from './fix.ts';

const SEVERITIES = { error: 'error', warning: 'warning', lint: 'info' } as const;

/** Findings as an editor marks them, with what mends them. */
export function marksOf({ doc }: EditorState, findings: readonly DiagnosticJson[]): Diagnostic[] {
  return findings.map((finding) => {
    const from = Math.min(finding.start?.offset ?? 0, doc.length);
    const to = Math.max(from, Math.min(finding.end?.offset ?? from, doc.length));
    const fix = fixOf(finding, doc.sliceString(from, to));
    return {
      from,
      to,
      severity: SEVERITIES[finding.severity],
      message: finding.hint === undefined ? finding.message : `${finding.message}\n${finding.hint}`,
      ...(fix !== undefined && {
        actions: [
          {
            name: `Write ${fix.text}`,
            apply: (view, at) => view.dispatch({ changes: { from: at + fix.from, to: at + fix.to, insert: fix.text } }),
          },
        ],
      }),
    };
  });
}
