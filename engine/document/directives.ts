import type { ByteString } from '../model/byte-string.ts';
import { DocumentError } from './cursor.ts';
import type { Token } from './token.ts';

/** What `%YAML` and `%TAG` lines say. They hold until a document brings its own. */
export class Directives {
  #version = false;
  readonly #handles = new Map<ByteString, ByteString>();

  /** Takes in one directive; unknown ones are ignored. */
  add(directive: Token): void {
    const fail = (message: string): never => {
      throw new DocumentError(message, directive.mark);
    };
    const words = directive.words;
    if (directive.text === 'YAML') {
      if (words.length !== 1) fail('YAML directives must have exactly one argument');
      if (this.#version) fail('repeated YAML directive');
      const version = /^\s*([+-]?\d+)[^]\s*[+-]?\d+$/.exec(words[0] as string);
      if (version === null) fail(`bad YAML version: ${words[0]}`);
      else if (Number(version[1]) > 1) fail('YAML major version too large');
      this.#version = true;
    } else if (directive.text === 'TAG') {
      if (words.length !== 2) fail('TAG directives must have exactly two arguments');
      const [handle, prefix] = words as [string, string];
      if (this.#handles.has(handle)) fail('repeated TAG directive');
      this.#handles.set(handle, prefix);
    }
  }

  /** The tag that a tag token means. */
  translate(tag: Token): ByteString {
    const [handle, suffix] = tag.words as [string, string];
    if (tag.text === 'verbatim') return suffix;
    if (tag.text === 'primary') return this.#prefix('!') + suffix;
    if (tag.text === 'secondary') return this.#prefix('!!') + suffix;
    return tag.text === 'named' ? this.#prefix(`!${handle}!`) + suffix : '!';
  }

  #prefix(handle: ByteString): ByteString {
    return this.#handles.get(handle) ?? (handle === '!!' ? 'tag:yaml.org,2002:' : handle);
  }
}
