// Keeps the page for when there is no network. VERSION and KEPT are put before this text when the site is built.
// Answers of the API are never kept.

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(VERSION)
      .then((cache) => cache.addAll(KEPT))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || /^\/(v1|docs|metrics)/.test(url.pathname)) return;
  event.respondWith(request.mode === 'navigate' ? page(request) : file(request, url));
});

/** A page comes from the network as long as there is one. */
async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match('/')) ?? Response.error();
  }
}

/** A file whose name tells its content is taken from what is kept; any other from the network, if there is one. */
async function file(request, url) {
  const isFixed = url.pathname.startsWith('/assets/');
  const kept = isFixed ? await caches.match(request) : undefined;
  if (kept !== undefined) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(VERSION)).put(request, answer.clone());
    return answer;
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}
