/** How a part of a text stands out. */
type Tone = keyof typeof CODES;

const CODES = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33', cyan: '36' } as const;

/** Colours a text where colour is welcome. */
export type Paint = (tone: Tone, text: string) => string;

/** Paint for a terminal, or none. */
export function paintFor(isColored: boolean): Paint {
  return isColored ? (tone, text) => `\x1b[${CODES[tone]}m${text}\x1b[0m` : (_, text) => text;
}
