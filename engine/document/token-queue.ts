import type { Token } from './token.ts';

/** Tokens that were scanned and not yet taken, first in, first out. */
export class TokenQueue {
  #tokens: Token[] = [];
  #first = 0;

  push(token: Token): Token {
    this.#tokens.push(token);
    return token;
  }

  /** Drops tokens that turned out not to be there, and tells the first one that remains. */
  first(): Token | undefined {
    while (this.#tokens[this.#first]?.status === 'void') this.take();
    return this.#tokens[this.#first];
  }

  take(): void {
    this.#first++;
    if (this.#first < 1024) return;
    this.#tokens = this.#tokens.slice(this.#first);
    this.#first = 0;
  }
}
