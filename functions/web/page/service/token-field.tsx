import { useState } from 'preact/hooks';
import { useToken, wantsToken } from './ask.ts';

/** Asks for a token where the service wants one. */
export function TokenField({ onGiven }: { readonly onGiven: () => void }) {
  const [value, setValue] = useState('');
  if (!wantsToken.value) return null;
  return (
    <form
      class="panel token"
      onSubmit={(event) => {
        event.preventDefault();
        useToken(value);
        onGiven();
      }}
    >
      <label for="token">This service asks for a token. It is kept until the tab is closed.</label>
      <div class="row">
        <input
          id="token"
          class="field mono grow"
          type="password"
          autocomplete="off"
          value={value}
          onInput={(event) => setValue(event.currentTarget.value)}
        />
        <button type="submit" class="button main">
          Use it
        </button>
      </div>
    </form>
  );
}
