import { eventCode } from '../../model/event-types.ts';
import type { Event } from '../../model/event.ts';
import type { Family } from '../field.ts';
import { NEVER } from '../reading.ts';
import { ASYNC } from './event-codes.ts';

const PLUGIN_EVENT = eventCode('PLUGINEVENT_E');
/** Parameter of plugin and async events: the number of the plugin, 0 for none. */
const PLUGIN = 0;

/** Where the event comes from. */
export const EVT_SOURCE: Family = {
  'evt.num': { subject: 'event', read: ({ event }) => event.num },
  'evt.cpu': { subject: 'event', read: ({ event }) => (event.cpu << 16) >> 16 },
  'evt.hostname': { subject: 'event', read: ({ system }) => system.machine?.hostname },
  'evt.source': {
    subject: 'type',
    read: ({ event }) => (isOfPlugin(event) ? undefined : 'syscall'),
    fromType: () => 'syscall',
    variesOn: new Set([PLUGIN_EVENT, ASYNC]),
  },
  // Plugins' events can't be in a trace of syscalls.
  'evt.pluginname': NEVER,
  'evt.plugininfo': NEVER,
};

function isOfPlugin(event: Event): boolean {
  return (event.type === PLUGIN_EVENT || event.type === ASYNC) && event.uint32(PLUGIN) !== 0;
}
