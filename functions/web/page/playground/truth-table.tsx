import type { TruthRow } from '../../../client/service-api.ts';
import { reveal } from '../editor/reveal.ts';
import { ruleFiles, shownFile } from './rule-files.ts';

/** Where a part of the condition is written. */
type Place = NonNullable<TruthRow['place']>;

const WORDS = { and: 'all of', or: 'any of', not: 'not', macro: '', exception: '', check: '' } as const;
/** Rows that are shown; nobody reads more. */
const MOST = 400;

/** The condition of a rule, each part with its verdict and what it read. */
export function TruthTable({ rows, rowCount }: { readonly rows: readonly TruthRow[]; readonly rowCount: number }) {
  return (
    <>
      <ol class="truth" aria-label="Truth table">
        {rows.slice(0, MOST).map((row, place) => (
          <li key={place} class={classOf(row)} style={{ paddingLeft: `${8 + Math.min(row.depth, 10) * 14}px` }}>
            <span
              class={row.holds ? 'mark yes' : 'mark no'}
              role="img"
              aria-label={row.holds ? 'holds' : 'does not hold'}
            >
              {row.holds ? '✓' : '✗'}
            </span>
            <Words row={row} />
            {row.why !== undefined && (
              <span class="why">
                {row.text === undefined ? '' : 'is '}
                {row.text !== undefined && <code>{row.text}</code>}
                {row.text === undefined ? row.why : `: ${row.why}`}
              </span>
            )}
          </li>
        ))}
      </ol>
      {rowCount > MOST && (
        <p class="soft">
          {rowCount} rows; the first {Math.min(MOST, rows.length)} are shown.
        </p>
      )}
      <p class="soft key">A bar marks what decides. Faint rows are those that Falco does not come to.</p>
    </>
  );
}

function Words({ row }: { readonly row: TruthRow }) {
  const { kind, name, check, place } = row;
  if (kind === 'check') return <code>{check}</code>;
  if (kind === 'macro') return <Link text={name ?? ''} place={place} />;
  if (kind === 'exception') return <span>not exception {name}</span>;
  return <span class="soft">{WORDS[kind]}</span>;
}

function Link({ text, place }: { readonly text: string; readonly place: Place | undefined }) {
  if (place === undefined) return <code class="macro">{text}</code>;
  return (
    <button type="button" class="link mono macro" onClick={() => show(place)} title={`${place.file}:${place.line}`}>
      {text}
    </button>
  );
}

/** Shows a place in its file. */
export function show({ file, line, column }: Place): void {
  const text = ruleFiles.value.find(({ name }) => name === file)?.text;
  if (text === undefined) return;
  const before = text.split('\n').slice(0, line - 1);
  const at = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  shownFile.value = file;
  reveal(file, at, at);
}

function classOf({ decisive, reached }: TruthRow): string {
  return [decisive ? 'decisive' : '', reached ? '' : 'unreached'].join(' ');
}
