/** Draws a number in [0, 1). */
export type Uniform = () => number;

/**
 * A 32-bit hash of two 32-bit numbers; for a fixed `key` no two values share a hash.
 *
 * Rounds of multiplication and shifted exclusive or: the finaliser of MurmurHash3 (Appleby, 2011).
 */
export function mix(key: number, value: number): number {
  let hash = Math.imul(key ^ value, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A short generator that starts anywhere at no cost: the hashes of 1, 2, 3, … under `key`. */
export function hashed(key: number): Uniform {
  let counter = 0;
  return () => mix(key, ++counter) / 0x1_0000_0000;
}
