/** Draws the next number of a sequence, uniformly from [0, 1). */
export type Random = () => number;

/**
 * Marsaglia's xorshift generator with 32 bits of state.
 *
 * Source: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8(14), 2003.
 */
export function xorshift32(seed: number): Random {
  // Neighbouring seeds start far apart (Knuth's multiplicative hash); the all-zero state would repeat for ever.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
