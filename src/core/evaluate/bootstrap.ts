import type { Kernels, Random } from "../../kernels/index.ts";
import type { Estimate } from "../../schema/index.ts";

/** Resamples computed at once. */
const BLOCK = 64;

/** What the bootstrap runs on. */
export interface Resampling {
  readonly kernels: Pick<Kernels, "matrix" | "mark" | "reset" | "multiply">;
  /** Resamples. */
  readonly samples: number;
  readonly random: Pick<Random, "integer">;
}

/**
 * Percentile bootstrap over users: the means of values of U users, and how they vary when U users are
 * drawn with replacement.
 *
 * All columns share each draw, so the interval of a difference of two columns is paired. Source: Efron
 * & Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
 */
export class Bootstrap {
  readonly #columns: number;
  readonly #means: Float64Array;
  /** (samples, columns) */
  readonly #resampled: Float32Array;

  /**
   * @param values - (U, columns) row-major, U at least 1
   * @param columns - values per user
   * @param resampling - how often, and by which generator
   */
  constructor(values: Float64Array, columns: number, resampling: Resampling) {
    this.#columns = columns;
    this.#means = new Float64Array(columns);
    values.forEach((value, at) => (this.#means[at % columns]! += value));
    this.#means.forEach((sum, column) => {
      this.#means[column] = sum / (values.length / columns);
    });
    this.#resampled = resampledMeans(values, columns, resampling);
  }

  /** The mean of a column and the 2.5 % and 97.5 % points of its resampled means. */
  estimate(column: number): Estimate {
    return this.#interval(this.#means[column]!, (row) => this.#resampled[row + column]!);
  }

  /** The same of the difference of two columns' means. */
  difference(column: number, minus: number): Estimate {
    return this.#interval(
      this.#means[column]! - this.#means[minus]!,
      (row) => this.#resampled[row + column]! - this.#resampled[row + minus]!,
    );
  }

  #interval(value: number, of: (row: number) => number): Estimate {
    const sorted = new Float64Array(this.#resampled.length / this.#columns);
    for (let sample = 0; sample < sorted.length; sample++) {
      sorted[sample] = of(sample * this.#columns);
    }
    sorted.sort();
    return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
  }
}

/** The point below which a share of the sorted values lies, linear between neighbours. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place % 1);
}

/** (samples, columns): how often each user was drawn, times the values, over the number of users. */
function resampledMeans(
  values: Float64Array,
  columns: number,
  { kernels, samples, random }: Resampling,
): Float32Array {
  const users = values.length / columns;
  const mark = kernels.mark();
  const matrix = kernels.matrix(users, columns);
  matrix.values.set(values);
  const drawn = kernels.matrix(BLOCK, users);
  const sums = kernels.matrix(BLOCK, columns);
  const means = new Float32Array(samples * columns);
  for (let start = 0; start < samples; start += BLOCK) {
    const rows = Math.min(BLOCK, samples - start);
    drawn.values.fill(0);
    for (let row = 0; row < rows; row++) {
      for (let draw = 0; draw < users; draw++) drawn.values[row * users + random.integer(users)]!++;
    }
    kernels.multiply(sums, drawn, matrix);
    means.set(sums.values.subarray(0, rows * columns), start * columns);
  }
  kernels.reset(mark);
  return means.map((sum) => sum / users);
}
