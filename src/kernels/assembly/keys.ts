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

/** Puts one key in its final place, the larger ones before it and the smaller ones after it; returns the place. */
function partition(at: usize, first: i32, last: i32): i32 {
  medianToFront(at, first, last);
  const pivot = get(at, first);
  let i = first;
  let j = last + 1;
  for (;;) {
    do i++;
    while (i < last && get(at, i) > pivot);
    do j--;
    while (get(at, j) < pivot);
    if (i >= j) break;
    swap(at, i, j);
  }
  swap(at, first, j);
  return j;
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
