/** Lists of distinct 64-bit keys, `at` their address. */

/**
 * Moves the `k` largest of `count` keys to the front, the least of them to place k − 1. Quickselect.
 * Source: Hoare, "Algorithm 65: Find", CACM 4(7), 1961.
 */
export function moveLargestToFront(at: usize, count: u32, k: u32): void {
  let first: i32 = 0;
  let last: i32 = <i32>count - 1;
  const place: i32 = <i32>k - 1;
  while (first < last) {
    const middle = partition(at, first, last);
    if (place == middle) return;
    if (place < middle) last = middle - 1;
    else first = middle + 1;
  }
}

/** Sorts `count` keys, largest first. Quicksort, the smaller part by recursion. */
export function sortDescending(at: usize, count: u32): void {
  let first: i32 = 0;
  let last: i32 = <i32>count - 1;
  while (first < last) {
    const middle = partition(at, first, last);
    if (middle - first < last - middle) {
      sortDescending(at + (first << 3), middle - first);
      first = middle + 1;
    } else {
      sortDescending(at + ((middle + 1) << 3), last - middle);
      last = middle - 1;
    }
  }
}

/**
 * Puts one key in its final place, the larger ones before it and the smaller ones after it; returns the place.
 *
 * Every key is swapped with the first of the smaller ones, which moves on only if the key is larger: without a branch,
 * which of random keys could not be foretold.
 * Source: Lomuto's partition in its branchless form, Edelkamp & Weiß, "BlockQuicksort", 2016.
 */
function partition(at: usize, first: i32, last: i32): i32 {
  medianToFront(at, first, last);
  const pivot = get(at, first);
  const end = at + (last << 3);
  let place = at + (first << 3) + 8;
  for (let next = place; next <= end; next += 8) {
    const key = load<u64>(next);
    store<u64>(next, load<u64>(place));
    store<u64>(place, key);
    place += <usize>(key > pivot) << 3;
  }
  const middle = <i32>((place - at) >> 3) - 1;
  swap(at, first, middle);
  return middle;
}

/** Swaps the median of the first, the middle and the last key to the front: sorted lists stay cheap. */
function medianToFront(at: usize, first: i32, last: i32): void {
  const middle = (first + last) >> 1;
  if (get(at, middle) < get(at, last)) swap(at, middle, last);
  if (get(at, first) > get(at, middle)) swap(at, first, middle);
  if (get(at, first) < get(at, last)) swap(at, first, last);
}

// @ts-ignore: decorator
@inline
function get(at: usize, i: i32): u64 {
  return load<u64>(at + (i << 3));
}

function swap(at: usize, i: i32, j: i32): void {
  const held = get(at, i);
  store<u64>(at + (i << 3), get(at, j));
  store<u64>(at + (j << 3), held);
}
