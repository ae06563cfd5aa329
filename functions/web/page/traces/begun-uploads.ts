const KEY = 'creance-uploads';
/** Uploads that are remembered; the service forgets them after a while too. */
const MOST = 50;

type Begun = readonly (readonly [file: string, upload: string])[];

/** The upload that was begun for a file, on this machine; undefined for none. */
export function begunUpload(file: File): string | undefined {
  return kept().find(([name]) => name === nameOf(file))?.[1];
}

/** Remembers the upload of a file, so that it can be gone on with after the page was closed. */
export function rememberUpload(file: File, id: string | undefined): void {
  const others = kept().filter(([name]) => name !== nameOf(file));
  const now: Begun = id === undefined ? others : [...others, [nameOf(file), id]];
  try {
    localStorage.setItem(KEY, JSON.stringify(now.slice(-MOST)));
  } catch {
    // A browser that keeps nothing: then an upload that broke begins anew.
  }
}

/** A file is known by what a browser tells of it; what arrives is compared with the whole anyhow. */
function nameOf({ name, size, lastModified }: File): string {
  return `${size} ${lastModified} ${name}`;
}

function kept(): Begun {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    if (!Array.isArray(list)) return [];
    return list.filter(
      (one) => Array.isArray(one) && typeof one[0] === 'string' && /^[0-9a-f]{32}$/.test(String(one[1])),
    );
  } catch {
    return [];
  }
}
