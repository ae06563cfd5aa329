import type { Family } from './field.ts';
import { ofThread } from './reading.ts';

/** `group.*`: the thread's effective group; group 0 is `root` without an entry, others are `<NA>`. */
export const GROUP: Family = {
  'group.gid': ofThread((thread) => thread.gid),
  'group.name': ofThread((thread, { system }) => {
    const group = system.accounts.group(thread.containerId, thread.gid);
    return group?.name ?? (thread.gid === 0 ? 'root' : '<NA>');
  }),
};
