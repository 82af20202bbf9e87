/** A place of the graph, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A line from state to state, as an SVG path: from each corner to the next, leaving and arriving upright. Corners of the
 * same x are joined by a straight line.
 */
export function wayPath(corners: readonly Point[]): string {
  const [first, ...others] = corners;
  let path = `M${first!.x},${first!.y}`;
  let from = first!;
  for (const to of others) {
    const middle = (from.y + to.y) / 2;
    path += to.x === from.x ? `V${to.y}` : `C${from.x},${middle} ${to.x},${middle} ${to.x},${to.y}`;
    from = to;
  }
  return path;
}
