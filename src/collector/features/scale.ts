/**
 * Numbers scaled to mean 0 and standard deviation 1 (of the population); NaN, a missing value, stays.
 * Equal numbers become 0.
 */
export function standardise(numbers: Float64Array): Float64Array {
  let count = 0;
  let mean = 0;
  let squares = 0; // sum of squared distances from the mean so far (Welford, 1962)
  for (const number of numbers) {
    if (Number.isNaN(number)) continue;
    const distance = number - mean;
    mean += distance / ++count;
    squares += distance * (number - mean);
  }
  const deviation = Math.sqrt(squares / count);
  return numbers.map((number) =>
    deviation > 0 || Number.isNaN(number) ? (number - mean) / deviation : 0,
  );
}
