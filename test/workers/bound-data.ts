import type { ConformanceData } from '../conformance/conformance-data.ts';

/** A service of files, as workerd binds a folder. */
interface Files {
  fetch(url: string): Promise<Response>;
}

/** The conformance data behind such a service. */
export function boundData(files: Files): ConformanceData {
  return {
    async list(folder) {
      const entries = (await (await fetched(files, folder)).json()) as { readonly name: string }[];
      return entries.map(({ name }) => name).sort();
    },
    async *open(path) {
      const { body } = await fetched(files, path);
      if (body !== null) yield* body;
    },
  };
}

async function fetched(files: Files, path: string): Promise<Response> {
  const url = new URL(path.split('/').map(encodeURIComponent).join('/'), 'http://conformance/');
  const answer = await files.fetch(url.href);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}
