/** 32 random bits a call, as a whole number from 0 to 2³² − 1. */
export type RandomBits = () => number;

/**
 * The generator xoshiro128**, from a state of four words that are not all 0. Its period is 2¹²⁸ − 1.
 *
 * Source: Blackman & Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021.
 */
export function xoshiro128(state: readonly [number, number, number, number]): RandomBits {
  let [a, b, c, d] = state;
  return () => {
    const bits = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return bits;
  };
}

function rotateLeft(word: number, places: number): number {
  return (word << places) | (word >>> (32 - places));
}
