/**
 * Isotonic regression: the never-falling sequence with the least `Σ w (y − fitted)²`, by pooling
 * adjacent violators.
 *
 * Source: Ayer et al., "An empirical distribution function for sampling with incomplete
 * information", Annals of Mathematical Statistics 26(4), 1955.
 *
 * @param values - (N) y, in the order of the regressor
 * @param weights - (N) w, above 0
 * @returns (N)
 */
export function isotonicRegression(values: Float64Array, weights: Float64Array): Float64Array {
  const level: number[] = [];
  const weight: number[] = [];
  const size: number[] = [];
  values.forEach((value, n) => {
    level.push(value);
    weight.push(weights[n]!);
    size.push(1);
    while (level.length > 1 && level.at(-2)! >= level.at(-1)!) {
      const [y, w, s] = [level.pop()!, weight.pop()!, size.pop()!];
      const last = level.length - 1;
      level[last] = (level[last]! * weight[last]! + y * w) / (weight[last]! + w);
      weight[last]! += w;
      size[last]! += s;
    }
  });
  return Float64Array.from(level.flatMap((y, block) => Array<number>(size[block]!).fill(y)));
}
