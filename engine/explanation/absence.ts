import type { Field } from '../fields/field.ts';
import { eventContainer, namedThread } from '../fields/container-of-event.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import { nearest } from '../model/nearest.ts';
import { HAS_RESULT } from '../state/event-classes.ts';
import type { Moment } from '../state/moment.ts';
import type { Reason } from './reason.ts';
import { visible } from './visible-text.ts';

/** Why a field has no value at a moment, as far as that is known. */
export function absence(field: Field, moment: Moment): Reason {
  return { code: 'absent', text: whyAbsent(field, moment) };
}

function whyAbsent(field: Field, moment: Moment): string {
  const { row } = field;
  const { event, thread } = moment;
  if (row.fieldClass === 'k8smeta') return 'no value: only the plugin k8smeta knows it, and no trace carries that';
  const argument = /^evt\.(?:raw)?arg[.[]([^\]]+)/.exec(row.name === 'NA' ? '' : field.name)?.[1];
  if (argument !== undefined) return withoutArgument(argument, moment);
  if (field.eventTypes !== undefined && field.eventTypes.size === 0) return 'no value: Falco never has one for it';
  if (field.eventTypes?.has(event.type) === false) return `no value: ${typeName(moment)} events have none`;
  if (row.fieldClass === 'fd') return withoutFile(field, moment);
  if (/^(container|k8s)/.test(row.name)) return `no value: ${withoutContainer(row.name, moment)}`;
  if (/^(proc|thread|user|group)\./.test(row.name) && thread === undefined) {
    return 'no value: the process of the event is not known';
  }
  if (/^proc\.(p|a)/.test(row.name)) return 'no value: no such ancestor is known';
  return 'no value on this event';
}

function withoutArgument(argument: string, moment: Moment): string {
  const { event } = moment;
  const names = event.info.params.map(({ name }) => name);
  const isNumber = /^\d+$/.test(argument);
  if (isNumber ? Number(argument) < names.length : names.includes(argument)) {
    return `no value: this ${typeName(moment)} was recorded without it`;
  }
  if (names.length === 0) return `no value: ${typeName(moment)} has no arguments`;
  if (isNumber) return `no value: ${typeName(moment)} has ${names.length} arguments`;
  const meant = nearest(argument, names);
  const hint = meant === undefined ? `it has ${names.slice(0, 8).join(', ')}` : `did you mean ${meant}?`;
  return `no value: ${typeName(moment)} has no argument ${argument}; ${hint}`;
}

function withoutFile(field: Field, moment: Moment): string {
  const { event, file, thread } = moment;
  if (thread === undefined) return 'no value: the process of the event is not known';
  if (field.row.name.endsWith('ip.name')) {
    return file === undefined ? 'no value: the event has no open file' : 'no value: no name is known for the address';
  }
  if (file !== undefined) return `no value: a file of kind ${file.kind} has none`;
  const failed = HAS_RESULT[event.type] === 1 && event.paramCount > 0 && moment.result < 0;
  return failed ? 'no value: the call failed, so there is no open file' : 'no value: the event has no open file';
}

/** Why nothing is known of a container: there is none, or its runtime did not tell. */
export function withoutContainer(name: string, moment: Moment): string {
  const container = eventContainer(moment);
  const id = namedThread(moment)?.containerId;
  if (container === undefined && id === undefined) return 'the process of the event is not known';
  if (id === '' || container?.id === 'host') return 'the process is not in a container';
  if (container === undefined) return `no runtime told of the container ${visible(id ?? '')}`;
  if (name.startsWith('k8s')) return 'the container is not known to be of a pod';
  return 'the runtime did not tell it of this container';
}

function typeName({ event }: Moment): string {
  return EVENT_TYPES[event.type]?.name ?? 'this event';
}
