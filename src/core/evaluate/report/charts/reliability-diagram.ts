import type { CalibrationEvaluation } from "../../../../schema/index.ts";
import { type Markup, linearScale, markup, percentTick } from "../../../../page/index.ts";

const SIZE = 360;
const LEFT = 62;
const BOTTOM = 46;
const RIGHT = SIZE - 18;

/** Observed share against promised probability; on the dashed line they agree. */
export function reliabilityDiagram(bins: CalibrationEvaluation["reliability"]["bins"]): Markup {
  const highest = Math.max(...bins.flatMap(({ predicted, observed }) => [predicted, observed]));
  const x = linearScale(0, highest, LEFT, RIGHT);
  const y = linearScale(0, highest, SIZE - BOTTOM, 10);
  const end = x.ticks.at(-1)!;
  const grid = x.ticks.map(
    (
      tick,
    ) => markup`<line class="grid" x1="${x.at(tick)}" x2="${x.at(tick)}" y1="10" y2="${SIZE - BOTTOM}"/><line
 class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${y.at(tick)}" y2="${y.at(tick)}"/><text class="tick"
 x="${x.at(tick)}" y="${SIZE - BOTTOM + 16}" text-anchor="middle">${percentTick(x, tick)}</text><text
 class="tick" x="${LEFT - 6}" y="${y.at(tick) + 4}" text-anchor="end">${percentTick(y, tick)}</text>`,
  );
  const points = bins.map(({ predicted, observed }) => `${x.at(predicted)},${y.at(observed)}`);
  const dots = bins.map(
    ({ predicted, observed, pairs }) => markup`<circle class="dot main" cx="${x.at(predicted)}"
 cy="${y.at(observed)}" r="4"><title>${pairs} pairs: promised ${predicted}, observed ${observed}</title></circle>`,
  );
  return markup`<svg viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="Reliability diagram">${grid}<line
 class="ideal" x1="${x.at(0)}" y1="${y.at(0)}" x2="${x.at(end)}" y2="${y.at(end)}"/><polyline
 class="line main" points="${points.join(" ")}"/>${dots}<text class="label" x="${(LEFT + SIZE) / 2}"
 y="${SIZE - 8}" text-anchor="middle">promised probability</text><text class="label" text-anchor="middle"
 transform="translate(12 ${(SIZE - BOTTOM) / 2}) rotate(-90)">observed share</text></svg>`;
}
