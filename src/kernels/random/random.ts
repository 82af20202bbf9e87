import { splitmix64 } from "./splitmix64.ts";
import { xoshiro128 } from "./xoshiro128.ts";

/** A stream of random numbers that is the same for the same seed. */
export interface Random {
  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /**
   * Uniform among 0, 1, …, n − 1, without bias.
   *
   * @throws RangeError unless n is a whole number from 1 to 2³²
   */
  integer(n: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
}

const TWO_TO_32 = 4_294_967_296;

/**
 * A seeded generator: xoshiro128**, its state filled by SplitMix64 from the seed.
 *
 * @throws RangeError unless the seed is a whole number from 0 to 2⁵³ − 1
 */
export function random(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`a seed must be a whole number from 0 to 2^53 - 1, got ${seed}`);
  }
  const next = splitmix64(BigInt(seed));
  const [low, high] = [next(), next()];
  const bits = xoshiro128([word(low), word(low >> 32n), word(high), word(high >> 32n)]);
  /** The second of a pair of normal numbers, kept for the next call. */
  let spare: number | undefined;

  const uniform = (): number => {
    const high = bits() >>> 5;
    return (high * 67_108_864 + (bits() >>> 6)) / 9_007_199_254_740_992;
  };
  const integer = (n: number): number => {
    if (!Number.isInteger(n) || n < 1 || n > TWO_TO_32) {
      throw new RangeError(`integer(n) needs a whole n from 1 to 2^32, got ${n}`);
    }
    // Above the last multiple of n the small remainders would be more frequent.
    const limit = TWO_TO_32 - (TWO_TO_32 % n);
    for (;;) {
      const draw = bits();
      if (draw < limit) return draw % n;
    }
  };
  /** The polar method. Source: Marsaglia & Bray, SIAM Review 6(3), 1964. */
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
  return { uniform, integer, normal };
}

function word(bits: bigint): number {
  return Number(bits & 0xffff_ffffn);
}
