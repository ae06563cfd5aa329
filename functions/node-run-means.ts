import type { Observe } from './metrics/observation.ts';
import { nodePost } from './node-post.ts';
import type { RunMeans } from './runs/shard-runner.ts';
import type { ObjectStore } from './store/object-store.ts';

/** What shards need beside the store, on Node. */
export function nodeRunMeans(
  objects: ObjectStore,
  {
    site,
    allowsPrivate,
    observe,
  }: { readonly site: string; readonly allowsPrivate: boolean; readonly observe?: Observe },
): RunMeans {
  const now = (): number => Date.now();
  let answer: RunMeans['answer'] | undefined;
  return {
    observe,
    async answer(tenant, request) {
      // Loaded when it is needed: most shards are of suites, and a thread that runs those starts sooner without.
      if (answer === undefined) {
        const [{ backgroundAnswers }, { folderSite }] = await Promise.all([
          import('./background-answers.ts'),
          import('./node-site.ts'),
        ]);
        answer = backgroundAnswers({ site: folderSite(site), openStore: () => objects, now });
      }
      return answer(tenant, request);
    },
    sender: {
      post: nodePost(allowsPrivate),
      now,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
  };
}
