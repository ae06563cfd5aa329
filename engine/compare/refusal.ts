/** Why a check can't be used, in Falco's words. Returned, never thrown. */
export class Refusal {
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | undefined;
  /** Falco ends here instead of refusing the rule. */
  readonly endsFalco: boolean;

  constructor(message: string, hint?: string, endsFalco = false) {
    this.message = message;
    this.hint = hint;
    this.endsFalco = endsFalco;
  }
}
