import { toUnicode } from '../model/byte-string.ts';
import type { Moment } from '../state/moment.ts';

/** The image of the container that an event happened in: `host` outside of any, the container's id where no more is known. */
export function containerImage(moment: Moment): string {
  const thread = moment.thread ?? moment.system.threads.get(moment.event.tid);
  const { container } = moment;
  const id = container?.id ?? thread?.containerId ?? '';
  if (id === '' || id === 'host') return 'host';
  const image = container?.record['image'];
  return typeof image === 'string' && image !== '' ? toUnicode(image) : `container ${toUnicode(id)}`;
}
