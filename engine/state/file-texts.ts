import { MAX_REMEMBERED_TEXTS } from '../model/limits.ts';
import type { Text } from '../model/text.ts';

/**
 * What kind a file is and how it is called as one text, so that one verdict can be remembered for both. Its first
 * character is the kind; the name follows.
 */
export class FileTexts {
  /** By kind, then by the id of the name. */
  readonly #known: (Text | undefined)[][] = [];
  #next = 1;

  /**
   * The text of a file.
   *
   * @param kind a number below 256; what it means is the caller's
   * @param name undefined for a file without one, which is then a kind of its own
   */
  of(kind: number, name: Text | undefined): Text {
    const ofKind = (this.#known[kind] ??= []);
    const id = name === undefined ? 0 : name.id;
    const known = ofKind[id];
    if (known !== undefined && (id !== 0 || name === undefined || name.value === '')) return known;
    return this.#add(ofKind, kind, name);
  }

  #add(ofKind: (Text | undefined)[], kind: number, name: Text | undefined): Text {
    const value = String.fromCharCode(kind) + (name?.value ?? '');
    const isKept = (name === undefined || name.id !== 0 || name.value === '') && this.#next < MAX_REMEMBERED_TEXTS;
    if (!isKept) return { id: 0, value };
    const text = { id: this.#next++, value };
    const id = name?.id ?? 0;
    while (ofKind.length < id) ofKind.push(undefined);
    ofKind[id] = text;
    return text;
  }
}
