const MASK = 0xffff_ffff_ffff_ffffn;

/**
 * SplitMix64, used only to spread a seed over a longer state: 64 random bits a call.
 *
 * Source: Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 */
export function splitmix64(seed: bigint): () => bigint {
  let state = seed & MASK;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return z ^ (z >> 31n);
  };
}
