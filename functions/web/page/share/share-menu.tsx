import { useRef, useState } from 'preact/hooks';
import { saveFile } from '../shell/open-file.ts';
import { matching, story, verdict } from '../playground/session.ts';
import { ruleFiles } from '../playground/rule-files.ts';
import { benchOfSession } from './bench-of-session.ts';
import { MAX_FRAGMENT_CHARS, pack } from './packed.ts';
import { LINK } from './opened-link.ts';
import { testFiles, type TestFile } from './test-files.ts';

/** Shares what is on the page: as a link, or as the files of a test. */
export function ShareMenu() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [link, setLink] = useState('');
  const [word, setWord] = useState('');
  const open = async (): Promise<void> => {
    setWord('');
    const packed = await pack(JSON.stringify(benchOfSession()));
    const isLong = packed.length > MAX_FRAGMENT_CHARS;
    setLink(isLong ? '' : `${location.origin}/${LINK}${packed}`);
    if (isLong) setWord('The rules and the scenario are too large for a link. Save them as a test.');
    dialog.current?.showModal();
  };
  const files = (): readonly TestFile[] =>
    testFiles({
      files: ruleFiles.value,
      story: story.value ?? { name: 'trace', text: '' },
      matching: matching.value,
      alerts: verdict.value?.alerts ?? [],
    });
  return (
    <>
      <button type="button" class="button" onClick={() => void open()} disabled={verdict.value === undefined}>
        Share…
      </button>
      <dialog ref={dialog} aria-labelledby="share-title">
        <div class="bar">
          <h2 id="share-title" class="grow">
            Share
          </h2>
          <button type="button" class="button bare" onClick={() => dialog.current?.close()} aria-label="Close">
            ×
          </button>
        </div>
        <div class="dialog-body">
          <h3>
            <label for="share-link">Link</label>
          </h3>
          <p class="soft">
            It carries the rules, the scenario and the alerts that came. Nothing is sent to a server: all of it is in
            the address, {Math.ceil(link.length / 1024)} KiB. A recorded trace is not in it.
          </p>
          <div class="row">
            <input
              id="share-link"
              class="field mono grow"
              readOnly
              value={link}
              onFocus={(event) => event.currentTarget.select()}
            />
            <button
              type="button"
              class="button main"
              disabled={link === ''}
              onClick={() => void navigator.clipboard.writeText(link).then(() => setWord('Copied.'))}
            >
              Copy
            </button>
          </div>
          <h3>Test</h3>
          <p class="soft">
            Files for creance verify: the rules, the scenario, and a test that expects the alerts that came and no
            others.
          </p>
          {story.value === undefined ? (
            <p class="soft">A recorded trace is no scenario: there is nothing to save.</p>
          ) : (
            <ul class="files">
              {files().map(({ name, text }) => (
                <li key={name}>
                  <button type="button" class="link mono" onClick={() => saveFile(name, text)}>
                    {name}
                  </button>
                </li>
              ))}
            </ul>
          )}
          <p role="status" class="ok-text">
            {word}
          </p>
        </div>
      </dialog>
    </>
  );
}
