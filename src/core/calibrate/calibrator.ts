import type { CalibratorParameters } from "../../schema/index.ts";
import { sigmoid } from "./logistic.ts";

/** The largest number below 1 that a Float32Array can hold, and a number that it can tell from 0. */
const HIGHEST = 1 - 2 ** -24;
const LOWEST = 1e-30;

/**
 * Turns scores into interaction probabilities, and keeps the order of one user's scores.
 *
 * A softmax score is defined only up to a constant per user, hence the two inputs: log softmax over all
 * items, and how active the user is.
 */
export class Calibrator {
  readonly #parameters: CalibratorParameters;
  readonly #logits: Float64Array;
  /** Horizons of the fit that the probability spans. */
  readonly #horizons: number;

  constructor(parameters: CalibratorParameters, horizons = 1) {
    this.#parameters = parameters;
    this.#logits = Float64Array.from(parameters.curve.logits);
    this.#horizons = horizons;
  }

  /** What the probability is the probability of. */
  get event(): string {
    return this.#parameters.event;
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
    const { intercept, logSoftmax: slope, activity: offset } = this.#parameters;
    const x = intercept + slope * logSoftmax + offset * Math.log1p(activity);
    return this.#spanned(sigmoid(this.#logit(x)));
  }

  /**
   * One user's scores become probabilities, in place.
   *
   * @param scores - raw scores, of all items or of some
   * @param logSumExp - log Σᵢ exp(score) over all items
   * @param activity - n_u
   */
  apply(scores: Float32Array, logSumExp: number, activity: number): void {
    const { intercept, logSoftmax: slope, activity: offset } = this.#parameters;
    const shift = intercept + offset * Math.log1p(activity) - slope * logSumExp;
    for (let i = 0; i < scores.length; i++) {
      scores[i] = this.#spanned(sigmoid(this.#logit(shift + slope * scores[i]!)));
    }
  }

  /**
   * The probability within another horizon, at the same rate of interactions:
   * `1 − (1 − p)^(horizon / horizon of the fit)`.
   *
   * @param horizon - mean interactions per user within it
   */
  atHorizon(horizon: number): Calibrator {
    return new Calibrator(this.#parameters, horizon / this.#parameters.horizon);
  }

  /** The parameters as plain JSON, from which an equal calibrator is made. */
  toJSON(): CalibratorParameters {
    return this.#parameters;
  }

  #logit(x: number): number {
    const { start, step } = this.#parameters.curve;
    const last = this.#logits.length - 1;
    const place = (x - start) / step;
    if (place <= 0) return this.#logits[0]! + (x - start);
    if (place >= last) return this.#logits[last]! + (x - start - last * step);
    const below = Math.floor(place);
    const low = this.#logits[below]!;
    return low + (place - below) * (this.#logits[below + 1]! - low);
  }

  #spanned(p: number): number {
    const spanned = this.#horizons === 1 ? p : -Math.expm1(this.#horizons * Math.log1p(-p));
    return Math.min(HIGHEST, Math.max(LOWEST, spanned));
  }
}
