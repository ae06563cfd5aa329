import { closeLink, linkResult, linkTrouble } from './opened-link.ts';

/** What became of a link that was opened: whether the alerts are those that its sender saw. */
export function LinkNote() {
  const trouble = linkTrouble.value;
  const result = linkResult.value;
  if (trouble === undefined && result === undefined) return null;
  return (
    <div class="note" role="status">
      {trouble === undefined ? <Result /> : <span class="chip error">{trouble}</span>}
      <span class="grow" />
      <button type="button" class="button bare" onClick={closeLink} aria-label="Close the note on the link">
        ×
      </button>
    </div>
  );
}

function Result() {
  const result = linkResult.value;
  if (result === undefined) return null;
  const { same, gone, fresh, version, expected } = result;
  return (
    <>
      <span class={same ? 'chip ok' : 'chip alert'}>{same ? 'as it was sent' : 'differs from what was sent'}</span>
      <span>
        {same && `${expected} alerts, each on the same event.`}
        {gone.length > 0 && `${gone.length} of ${expected} alerts are gone. `}
        {fresh.length > 0 && `${fresh.length} are new. `}
        {version !== undefined && `It was made with Creance ${version}.`}
      </span>
    </>
  );
}
