/**
 * The event nearest to a point: within its row if one is near, else in any row. Gives its place, or undefined when none
 * is within reach.
 *
 * @param distanceOf pixels from the point to an event along the axis
 */
export function nearestEvent(
  rowOf: Uint8Array,
  row: number,
  distanceOf: (place: number) => number,
  reach: number,
): number | undefined {
  let best: number | undefined;
  let least = Infinity;
  for (let place = 0; place < rowOf.length; place++) {
    const along = Math.abs(distanceOf(place));
    if (along > reach) continue;
    const distance = along + (rowOf[place] === row ? 0 : reach);
    if (distance < least) {
      least = distance;
      best = place;
    }
  }
  return best;
}
