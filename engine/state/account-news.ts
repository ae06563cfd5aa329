import { textParam, type Handler } from './handler.ts';

/** `useradded`: id, group, name, home, shell, container. */
export const userAdded: Handler = ({ event, system }) => {
  system.accounts.addUser(textParam(event, 5), {
    uid: event.uint32(0),
    gid: event.uint32(1),
    name: textParam(event, 2),
    home: textParam(event, 3),
    shell: textParam(event, 4),
  });
};

/** `userdeleted`. */
export const userDeleted: Handler = ({ event, system }) => {
  system.accounts.removeUser(textParam(event, 5), event.uint32(0));
};

/** `groupadded`: id, name, container. */
export const groupAdded: Handler = ({ event, system }) => {
  system.accounts.addGroup(textParam(event, 2), { gid: event.uint32(0), name: textParam(event, 1) });
};

/** `groupdeleted`. */
export const groupDeleted: Handler = ({ event, system }) => {
  system.accounts.removeGroup(textParam(event, 2), event.uint32(0));
};
