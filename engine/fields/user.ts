import type { ByteString } from '../model/byte-string.ts';
import type { UserEntry } from '../model/snapshot.ts';
import type { Moment } from '../state/moment.ts';
import { NO_ID, type Thread } from '../state/thread.ts';
import type { Family, Reading } from './field.ts';
import { ofThread } from './reading.ts';

/** What Falco prints for an account that is not known. It is a value: such a field exists. */
const UNKNOWN = '<NA>';

const uid = (thread: Thread): number => thread.uid;
const loginuid = (thread: Thread): number => thread.loginuid;

/** `user.*`: whom the thread acts for after the event, and who logged in. */
export const USER: Family = {
  'user.uid': ofThread(uid),
  'user.name': ofUser(uid, (user) => user.name, 'root'),
  'user.homedir': ofUser(uid, (user) => user.home, '/root'),
  'user.shell': ofUser(uid, (user) => user.shell, UNKNOWN),
  'user.loginuid': ofThread((thread) => (thread.loginuid === NO_ID ? -1 : thread.loginuid)),
  'user.loginname': ofUser(loginuid, (user) => user.name, 'root'),
};

/** A text of the account with this id, which the container knows or else the host; user 0 is known without an entry. */
function ofUser(idOf: (thread: Thread) => number, text: (user: UserEntry) => ByteString, ofRoot: ByteString): Reading {
  return ofThread((thread: Thread, { system }: Moment) => {
    const id = idOf(thread);
    const user = system.accounts.user(thread.containerId, id);
    if (user !== undefined) return text(user);
    return id === 0 ? ofRoot : UNKNOWN;
  });
}
