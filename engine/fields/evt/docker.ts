import type { ByteString } from '../../model/byte-string.ts';
import { eventCode } from '../../model/event-types.ts';
import { trimmed } from '../../model/trimmed.ts';
import type { Family, Reading } from '../field.ts';
import { recordedParam } from './param/recorded-text.ts';

const INFRASTRUCTURE = eventCode('INFRASTRUCTURE_EVENT_E');
const DESCRIPTION = 2;
const SHORT_ID = 12;
const BLANKS = ' \t\n\r\f\v';

/** Parts of the description of an old docker event, which lists `Name: value` divided by semicolons. */
export const EVT_DOCKER: Family = {
  'evt.infra.docker.name': part('Event', (value) => value),
  'evt.infra.docker.container.id': part('ID', (value) => value.slice(0, SHORT_ID)),
  'evt.infra.docker.container.name': part('name', (value) => value),
  'evt.infra.docker.container.image': part('Image', imageName),
};

function part(name: string, shown: (value: ByteString, entry: ByteString) => ByteString): Reading {
  return {
    subject: 'event',
    eventTypes: new Set([INFRASTRUCTURE]),
    read: ({ event }) => {
      if (event.type !== INFRASTRUCTURE) return undefined;
      const entries = recordedParam(event, DESCRIPTION)
        .split(';')
        .map((text) => trimmed(text, BLANKS));
      const entry = entries.find((text) => text.startsWith(name));
      const value = entry?.split(':')[1];
      return entry === undefined || value === undefined ? undefined : shown(trimmed(value, BLANKS), entry);
    },
  };
}

/** The name without its digest; an image that is named by digest alone keeps it whole. */
function imageName(value: ByteString, entry: ByteString): ByteString {
  if (value.includes('@')) return trimmed(value.slice(0, value.indexOf('@')), BLANKS);
  return value.includes('sha256') ? trimmed(entry.slice(entry.indexOf(':') + 1), BLANKS) : value;
}
