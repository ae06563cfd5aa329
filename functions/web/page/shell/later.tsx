import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A part of the page whose code comes when it is shown first. Until then there is room for it. */
export function later(load: () => Promise<ComponentType>): ComponentType {
  let known: ComponentType | undefined;
  return function Later() {
    const [Shown, setShown] = useState<ComponentType | undefined>(() => known);
    useEffect(() => {
      if (known === undefined) void load().then((loaded) => setShown(() => (known = loaded)));
    }, []);
    return Shown === undefined ? <div class="page" aria-busy="true" /> : <Shown />;
  };
}
