/** Asks the browser to keep the page for when there is no network. Where it can't, the page works all the same. */
export function keepOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  addEventListener('load', () => void navigator.serviceWorker.register('/offline.js').catch(() => undefined));
}
