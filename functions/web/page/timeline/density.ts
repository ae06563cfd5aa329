/** How many events fall onto each pixel of each row, and what kind most of them are. */
export interface Density {
  readonly width: number;
  /** By row and pixel: `row * width + pixel`. */
  readonly counts: Uint32Array;
  readonly kinds: Uint8Array;
  readonly most: number;
}

/**
 * Counts events by row and pixel.
 *
 * @param pixelOf the pixel of an event by its place; those outside are left out
 */
export function densityOf(
  width: number,
  rows: number,
  rowOf: Uint8Array,
  kindOf: (place: number) => number,
  pixelOf: (place: number) => number,
): Density {
  const counts = new Uint32Array(width * rows);
  const kinds = new Uint8Array(width * rows);
  let most = 0;
  for (let place = 0; place < rowOf.length; place++) {
    const pixel = Math.round(pixelOf(place));
    if (pixel < 0 || pixel >= width) continue;
    const cell = (rowOf[place] as number) * width + pixel;
    const count = ((counts[cell] as number) + 1) | 0;
    counts[cell] = count;
    // The gravest kind has the lowest number: a program that starts is seen among a thousand reads.
    const kind = kindOf(place);
    if (count === 1 || kind < (kinds[cell] as number)) kinds[cell] = kind;
    if (count > most) most = count;
  }
  return { width, counts, kinds, most };
}
