import type { CalibratorParameters } from "../../schema/index.ts";
import { isotonicRegression } from "./isotonic.ts";
import { logit, sigmoid } from "./logistic.ts";

/** Positives that a bin should hold at least, and most bins. */
const BIN_POSITIVES = 30;
const MOST_BINS = 60;
const CURVE_POINTS = 256;
/** The curve rises at least this much per unit, so that no two scores of a user become equal. */
const LEAST_SLOPE = 0.05;

/** A point of the curve: the logit that was predicted and the one that was observed. */
interface Knot {
  readonly predicted: number;
  readonly observed: number;
}

/**
 * The logit observed at each logit predicted: isotonic regression over bins of equally many expected
 * positives, one knot for each pool of bins, linear between knots.
 *
 * @param inputs - (N) predicted logits
 * @param labels - (N) 0 or 1
 * @param weights - (N) observations that each stands for
 */
export function risingCurve(
  inputs: Float64Array,
  labels: Uint8Array,
  weights: Float64Array,
): CalibratorParameters["curve"] {
  return onGrid(atLeastRising(knotsOf(binsOf(inputs, labels, weights))));
}

interface Bin {
  weight: number;
  predicted: number;
  observed: number;
}

function binsOf(inputs: Float64Array, labels: Uint8Array, weights: Float64Array): readonly Bin[] {
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
  const only = rising[0]!;
  const next = { predicted: only.predicted + 1, observed: only.observed + 1 };
  return rising.length === 1 ? [only, next] : rising;
}

function onGrid(knots: readonly Knot[]): CalibratorParameters["curve"] {
  const start = knots[0]!.predicted;
  const step = (knots.at(-1)!.predicted - start) / (CURVE_POINTS - 1);
  let segment = 0;
  const logits = Array.from({ length: CURVE_POINTS }, (_, point) => {
    const x = start + point * step;
    while (segment + 2 < knots.length && x >= knots[segment + 1]!.predicted) segment++;
    const [left, right] = [knots[segment]!, knots[segment + 1]!];
    const share = (x - left.predicted) / (right.predicted - left.predicted);
    return left.observed + share * (right.observed - left.observed);
  });
  return { start, step, logits };
}
