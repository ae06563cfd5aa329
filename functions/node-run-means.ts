import { backgroundAnswers } from './background-answers.ts';
import { nodePost } from './node-post.ts';
import { folderSite } from './node-site.ts';
import type { RunMeans } from './runs/shard-runner.ts';
import type { ObjectStore } from './store/object-store.ts';

/** What shards need beside the store, on Node. */
export function nodeRunMeans(
  objects: ObjectStore,
  { site, allowsPrivate }: { readonly site: string; readonly allowsPrivate: boolean },
): RunMeans {
  const now = (): number => Date.now();
  return {
    answer: backgroundAnswers({ site: folderSite(site), openStore: () => objects, now }),
    sender: {
      post: nodePost(allowsPrivate),
      now,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
  };
}
