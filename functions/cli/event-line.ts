import type { EventFacts } from '../../engine/explanation/event-facts.ts';
import type { Paint } from './paint.ts';

/** An event in one line: number, time, type, command line, whose. */
export function eventLine({ number, type, entry, fields }: EventFacts, paint: Paint): string {
  const facts = [
    fields['proc.pid'] && `pid ${fields['proc.pid']}`,
    fields['user.name'],
    fields['container.id'] && (fields['container.id'] === 'host' ? 'host' : `container ${fields['container.id']}`),
    fields['fd.name'] && `file ${fields['fd.name']}`,
    fields['evt.res'] && fields['evt.res'] !== 'SUCCESS' && fields['evt.res'],
  ].filter((fact) => fact !== undefined && fact !== false && fact !== '');
  const about = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  const command = fields['proc.cmdline'] ?? '';
  return `${paint('bold', `event ${number}`)} ${fields['evt.time'] ?? ''} ${type}${entry ? ' begins' : ''}  ${command}${about}`;
}
