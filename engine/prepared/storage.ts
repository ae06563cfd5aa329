import type { Field } from '../fields/field.ts';
import { hasOwnForms, needsNoColumn } from './selection.ts';

/** Where a field is stored: with the threads, as a text that others may share, or with the events. */
export type Storage = 'none' | 'thread' | 'text' | 'event';

/** Where the value of a field is stored. */
export function storageOf(field: Field): Storage {
  if (needsNoColumn(field)) return 'none';
  if (field.subject === 'thread') return 'thread';
  return field.subject.startsWith('text:') ? 'text' : 'event';
}

/** True for a field with a text whose outputs show something else, which is stored with the events. */
export function hasShownColumn(field: Field): boolean {
  return storageOf(field) === 'text' && hasOwnForms(field);
}

/** True when an event of this code can have something of the field that is stored with the events. */
export function isOnCode(field: Field, code: number): boolean {
  if (field.eventTypes?.has(code) === false) return false;
  return field.subject !== 'type' || hasOwnForms(field) || field.variesOn?.has(code) === true;
}
