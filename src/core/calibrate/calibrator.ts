import type { CalibratorParameters } from "../../schema/index.ts";
import { logit, sigmoid } from "./logistic.ts";

/** The largest number below 1 that a Float32Array can hold, and a number that it can tell from 0. */
const HIGHEST = 1 - 2 ** -24;
const LOWEST = 1e-30;

/** A calibrator at one activity, to be looked up. */
export interface CalibrationTable {
  readonly logits: readonly number[];
  readonly shift: number;
  readonly slope: number;
}

/**
 * Turns scores into interaction probabilities, and keeps the order of one user's scores.
 *
 * A softmax score is defined only up to a constant per user, hence the two inputs: log softmax over all
 * items, and how active the user is.
 */
export class Calibrator {
  readonly #parameters: CalibratorParameters;
  /** Horizons of the fit that the probability spans. */
  readonly #horizons: number;
  /** Logit of the prior that is taken out of the probabilities. */
  readonly #prior: number;

  constructor(parameters: CalibratorParameters, horizons = 1, prior = 0) {
    this.#parameters = parameters;
    this.#horizons = horizons;
    this.#prior = prior;
  }

  /** What the probability is the probability of. */
  get event(): string {
    const { event } = this.#parameters;
    return this.#prior === 0 ? event : `${event}, if as many pairs did as did not`;
  }

  /** Mean interactions per user within the horizon. */
  get horizon(): number {
    return this.#parameters.horizon * this.#horizons;
  }

  /**
   * @param logSoftmax - log softmax_u(i), over all items
   * @param activity - n_u, items in the user's history
   * @returns a number in (0, 1), rising strictly with `logSoftmax`
   */
  probability(logSoftmax: number, activity: number): number {
    return this.forActivity(activity)(logSoftmax);
  }

  /** {@link probability} of one activity: what stays the same for all scores of a user is done once. */
  forActivity(activity: number): (logSoftmax: number) => number {
    const { intercept, logSoftmax: slope, activity: offset, start, step } = this.#parameters;
    const logActivity = Math.log1p(activity);
    const shift = intercept + offset * logActivity;
    const logits = curveAt(this.#parameters.curves, logActivity);
    return (logSoftmax) =>
      this.#spanned(sigmoid(along(logits, shift + slope * logSoftmax, start, step)));
  }

  /**
   * The same as a table for many scores at once: the logit of the probability is linear between `logits`, which stand at
   * `shift + slope · logSoftmax` = 0, 1, …, and goes on along the first and the last piece. Neither the bounds of the
   * probability nor another horizon than that of the fit are in it.
   */
  table(activity: number): CalibrationTable {
    const { intercept, logSoftmax: slope, activity: offset, start, step } = this.#parameters;
    const logActivity = Math.log1p(activity);
    const logits = curveAt(this.#parameters.curves, logActivity).map((x) => x - this.#prior);
    return {
      logits: [logits[0]! - step, ...logits, logits.at(-1)! + step],
      shift: (intercept + offset * logActivity - start) / step + 1,
      slope: slope / step,
    };
  }

  /**
   * The probability within another horizon, at the same rate of interactions:
   * `1 − (1 − p)^(horizon / horizon of the fit)`.
   *
   * @param horizon - mean interactions per user within it
   */
  atHorizon(horizon: number): Calibrator {
    return new Calibrator(this.#parameters, horizon / this.#parameters.horizon, this.#prior);
  }

  /**
   * The same with a prior of one half: the odds over the odds of a pair of which nothing is known. So ½ says
   * "as likely as any", whatever the catalogue's size; the order of one user's scores stays.
   */
  balanced(): Calibrator {
    const rate = Math.min(HIGHEST, Math.max(LOWEST, this.#parameters.baseRate));
    return new Calibrator(this.#parameters, this.#horizons, logit(rate));
  }

  /** The parameters as plain JSON, from which an equal calibrator is made. */
  toJSON(): CalibratorParameters {
    return this.#parameters;
  }

  #spanned(p: number): number {
    const spanned = this.#horizons === 1 ? p : -Math.expm1(this.#horizons * Math.log1p(-p));
    const bounded = Math.min(HIGHEST, Math.max(LOWEST, spanned));
    if (this.#prior === 0) return bounded;
    return Math.min(HIGHEST, Math.max(LOWEST, sigmoid(logit(bounded) - this.#prior)));
  }
}

/** The curves around an activity; the one above counts by `share`, the one below by the rest. */
export function curveShares(
  curves: CalibratorParameters["curves"],
  logActivity: number,
): { readonly below: number; readonly above: number; readonly share: number } {
  const last = curves.length - 1;
  const above = curves.findIndex(({ activity }) => activity >= logActivity);
  if (above <= 0) return { below: above === 0 ? 0 : last, above: above === 0 ? 0 : last, share: 0 };
  const [low, high] = [curves[above - 1]!.activity, curves[above]!.activity];
  return { below: above - 1, above, share: (logActivity - low) / (high - low) };
}

/** The curve of one activity, between those of the groups around it. */
function curveAt(curves: CalibratorParameters["curves"], logActivity: number): readonly number[] {
  const { below, above, share } = curveShares(curves, logActivity);
  const low = curves[below]!.logits;
  if (share === 0) return low;
  const high = curves[above]!.logits;
  return low.map((logit, place) => logit + share * (high[place]! - logit));
}

function along(logits: readonly number[], x: number, start: number, step: number): number {
  const last = logits.length - 1;
  const place = (x - start) / step;
  if (place <= 0) return logits[0]! + (x - start);
  if (place >= last) return logits[last]! + (x - start - last * step);
  const below = Math.floor(place);
  const low = logits[below]!;
  return low + (place - below) * (logits[below + 1]! - low);
}
