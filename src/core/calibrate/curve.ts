import { isotonicRegression } from "./isotonic.ts";
import { logit, sigmoid } from "./logistic.ts";

/** Positives that a bin should hold at least, and most bins. */
const BIN_POSITIVES = 30;
const MOST_BINS = 60;
/** The curve rises at least this much per unit, so that no two scores of a user become equal. */
const LEAST_SLOPE = 0.05;

/** Predicted logits with what came of them. */
export interface Outcomes {
  /** (N) predicted logits */
  readonly inputs: Float64Array;
  /** (N) 0 or 1 */
  readonly labels: Uint8Array;
  /** (N) pairs that each stands for */
  readonly weights: Float64Array;
}

/** A point of the curve: the logit that was predicted and the one that was observed. */
export interface Knot {
  readonly predicted: number;
  readonly observed: number;
}

/**
 * The logit observed at each logit predicted, strictly rising: isotonic regression over bins of equally
 * many expected positives, one knot for each pool of bins.
 */
export function risingKnots(outcomes: Outcomes): readonly Knot[] {
  return atLeastRising(knotsOf(binsOf(outcomes)));
}

/** The curve through the knots at `count` places: linear between knots, of slope 1 outside. */
export function onGrid(
  knots: readonly Knot[],
  start: number,
  step: number,
  count: number,
): readonly number[] {
  const [first, last] = [knots[0]!, knots.at(-1)!];
  let segment = 0;
  return Array.from({ length: count }, (_, place) => {
    const x = start + place * step;
    if (x <= first.predicted) return first.observed + (x - first.predicted);
    if (x >= last.predicted) return last.observed + (x - last.predicted);
    while (x >= knots[segment + 1]!.predicted) segment++;
    const [left, right] = [knots[segment]!, knots[segment + 1]!];
    const share = (x - left.predicted) / (right.predicted - left.predicted);
    return left.observed + share * (right.observed - left.observed);
  });
}

interface Bin {
  weight: number;
  predicted: number;
  observed: number;
}

function binsOf({ inputs, labels, weights }: Outcomes): readonly Bin[] {
  const order = Uint32Array.from(inputs.keys()).sort((a, b) => inputs[a]! - inputs[b]!);
  let expected = 0;
  let positives = 0;
  for (let n = 0; n < labels.length; n++) {
    expected += weights[n]! * sigmoid(inputs[n]!);
    positives += labels[n]!;
  }
  const count = Math.min(MOST_BINS, Math.max(1, Math.floor(positives / BIN_POSITIVES)));
  const bins: Bin[] = [];
  let bin: Bin = { weight: 0, predicted: 0, observed: 0 };
  let reached = 0;
  for (const n of order) {
    const predicted = weights[n]! * sigmoid(inputs[n]!);
    bin.weight += weights[n]!;
    bin.predicted += predicted;
    bin.observed += weights[n]! * labels[n]!;
    reached += predicted;
    if (reached >= ((bins.length + 1) * expected) / count && bins.length + 1 < count) {
      bins.push(bin);
      bin = { weight: 0, predicted: 0, observed: 0 };
    }
  }
  return bin.weight > 0 ? [...bins, bin] : bins;
}

function knotsOf(bins: readonly Bin[]): readonly Knot[] {
  const shares = Float64Array.from(bins, ({ weight, predicted, observed }) => {
    const prior = predicted / weight; // one more observation, as predicted: no share is 0 or 1
    return (observed + prior) / (weight + 1);
  });
  const fitted = isotonicRegression(
    shares,
    Float64Array.from(bins, ({ weight }) => weight),
  );
  const knots: Knot[] = [];
  for (let start = 0; start < bins.length;) {
    let end = start;
    let weight = 0;
    let predicted = 0;
    for (; end < bins.length && fitted[end] === fitted[start]; end++) {
      weight += bins[end]!.weight;
      predicted += bins[end]!.predicted;
    }
    knots.push({ predicted: logit(predicted / weight), observed: logit(fitted[start]!) });
    start = end;
  }
  return knots;
}

function atLeastRising(knots: readonly Knot[]): readonly Knot[] {
  const rising: Knot[] = [];
  for (const { predicted, observed } of knots) {
    const last = rising.at(-1);
    const least =
      last === undefined ? -Infinity : last.observed + LEAST_SLOPE * (predicted - last.predicted);
    rising.push({ predicted, observed: Math.max(observed, least) });
  }
  return rising;
}
