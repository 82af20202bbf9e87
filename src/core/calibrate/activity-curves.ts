import type { CalibratorParameters } from "../../schema/index.ts";
import { onGrid, type Outcomes, risingKnots } from "./curve.ts";

/** Most groups of activity, and the positives that each must hold. */
const MOST_GROUPS = 5;
const GROUP_POSITIVES = 200;
const POINTS = 256;

/** {@link Outcomes} with the activity of each pair's user. */
export interface ActiveOutcomes extends Outcomes {
  /** (N) log(1 + n_u) */
  readonly logActivity: Float64Array;
}

/**
 * A rising curve for each group of activity: how far the scores of quiet and of busy users can be trusted
 * differs, and one curve would average over them.
 */
export function activityCurves(
  outcomes: ActiveOutcomes,
): Pick<CalibratorParameters, "start" | "step" | "curves"> {
  const groups = groupsOf(outcomes).map((members) => {
    const group: Outcomes = {
      inputs: gather(outcomes.inputs, members),
      labels: Uint8Array.from(members, (n) => outcomes.labels[n]!),
      weights: gather(outcomes.weights, members),
    };
    const activity = members.reduce((sum, n) => sum + outcomes.logActivity[n]!, 0) / members.length;
    return { activity, knots: risingKnots(group) };
  });
  const places = groups.flatMap(({ knots }) => knots.map(({ predicted }) => predicted));
  const start = places.reduce((least, place) => Math.min(least, place));
  const end = places.reduce((most, place) => Math.max(most, place), start + 1);
  const step = (end - start) / (POINTS - 1);
  const curves = groups.map(({ activity, knots }) => ({
    activity,
    logits: [...onGrid(knots, start, step, POINTS)],
  }));
  return { start, step, curves };
}

/** As many groups of rising activity and equal size as have enough positives each. */
function groupsOf({ logActivity, labels }: ActiveOutcomes): readonly Uint32Array[] {
  const order = Uint32Array.from(logActivity.keys()).sort(
    (a, b) => logActivity[a]! - logActivity[b]! || a - b,
  );
  for (let count = MOST_GROUPS; count > 1; count--) {
    const groups = equalActivityTogether(order, logActivity, count);
    const positives = groups.map((members) => members.reduce((sum, n) => sum + labels[n]!, 0));
    if (positives.every((sum) => sum >= GROUP_POSITIVES)) return groups;
  }
  return [order];
}

function equalActivityTogether(
  order: Uint32Array,
  logActivity: Float64Array,
  count: number,
): readonly Uint32Array[] {
  const groups: Uint32Array[] = [];
  let start = 0;
  for (let group = 1; group <= count; group++) {
    let end = Math.max(start, Math.round((group * order.length) / count));
    while (end > start && end < order.length) {
      if (logActivity[order[end]!] !== logActivity[order[end - 1]!]) break;
      end++;
    }
    if (end > start) groups.push(order.subarray(start, end));
    start = end;
  }
  return groups;
}

function gather(values: Float64Array, members: Uint32Array): Float64Array {
  return Float64Array.from(members, (n) => values[n]!);
}
