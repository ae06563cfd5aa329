import { useEffect, useRef, useState } from 'preact/hooks';
import type { DiagnosticJson } from '../../../http/diagnostic-json.ts';
import type { CodeEditor } from './code-editor.ts';
import { revealed } from './reveal.ts';
import type { RuleNames } from './rule-names.ts';

/** What an editor shows. */
export interface CodeBoxProps {
  /** The file; each has a history of its own. */
  readonly name: string;
  readonly label: string;
  readonly language: 'rules' | 'scenario';
  readonly text: string;
  /** The text as it is at this moment: what is shown may be older than the last letter. */
  readonly now: () => string;
  readonly findings: readonly DiagnosticJson[];
  /** What words of rules stand for; undefined where none are written. */
  readonly names?: RuleNames;
  /** It can be looked at only; else edited. */
  readonly isReadOnly?: boolean;
  readonly onEdit: (text: string) => void;
}

/** An editor. Its code is large and comes after the page; until then the text stands in the same place. */
export function CodeBox(props: CodeBoxProps) {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<CodeEditor | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    let gone = false;
    let made: CodeEditor | undefined;
    void import('./code-editor.ts').then(({ CodeEditor }) => {
      if (gone || host.current === null) return;
      made = new CodeEditor(host.current, latest);
      setEditor(made);
    });
    return () => {
      gone = true;
      made?.destroy();
    };
  }, []);
  const { name, text, findings, label } = props;
  useEffect(() => editor?.show(latest.current), [editor, name, text, findings, label]);
  const wanted = revealed.value;
  useEffect(() => {
    if (editor === undefined || wanted === undefined || wanted.name !== name) return;
    editor.select(wanted.from, wanted.to);
    revealed.value = undefined;
  }, [editor, wanted, name]);
  return (
    <div class="code" ref={host}>
      {editor === undefined && (
        <pre class="code-first" aria-busy="true" tabIndex={0} aria-label={label}>
          {text}
        </pre>
      )}
    </div>
  );
}
