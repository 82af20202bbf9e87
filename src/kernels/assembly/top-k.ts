/**
 * The k best columns of every row of scores, best first; of equal scores the larger column first.
 *
 * scores is (R, N); outIndices and outScores (R, k), outCounts (R) says how many of the k are filled, the
 * rest are 0xffffffff and −∞. Columns listed in the row's `excluded` (ascending), NaN and −∞ never appear.
 *
 * A row's own part of the results is a heap with the worst on top while the row is read from its end: a column
 * read later is smaller and loses a tie, so that only scores *above* the worst kept need a closer look.
 */
export function topK(
  first: u32,
  last: u32,
  scores: usize,
  columns: u32,
  k: u32,
  excludedOffsets: usize,
  excludedColumns: usize,
  excludedEntries: u32,
  outIndices: usize,
  outScores: usize,
  outCounts: usize,
): void {
  for (let r = first; r < last; r++) {
    const scores_r = scores + ((r * columns) << 2);
    heapIndices = outIndices + ((r * k) << 2);
    heapScores = outScores + ((r * k) << 2);
    heapSize = 0;
    heapLimit = k;
    threshold = -Infinity;
    excludedBegin = excludedColumns;
    excludedEnd = excludedColumns;
    if (excludedOffsets != 0) {
      const begin = load<u32>(excludedOffsets + (r << 2));
      const end = load<u32>(excludedOffsets + (r << 2), 4);
      if (begin > end || end > excludedEntries) unreachable();
      excludedBegin = excludedColumns + (begin << 2);
      excludedEnd = excludedColumns + (end << 2);
    }
    if (k > 0) scan(scores_r, columns);
    store<u32>(outCounts + (r << 2), heapSize);
    const filled = heapSize;
    sortBestFirst();
    for (let i = filled; i < k; i++) put(i, -Infinity, 0xffffffff);
  }
}

let heapIndices: usize = 0;
let heapScores: usize = 0;
let heapSize: u32 = 0;
let heapLimit: u32 = 0;
/** Only a score above it can enter the heap. */
let threshold: f32 = 0;
/** What is left of the row's excluded columns: those below the column being read. */
let excludedBegin: usize = 0;
let excludedEnd: usize = 0;

/** Reads the row from its end, sixteen scores at a time; nearly always none is above the threshold. */
function scan(row: usize, columns: u32): void {
  let j = columns;
  for (; (j & 15) != 0; ) consider(row, --j);
  while (j > 0) {
    j -= 16;
    const at = row + (j << 2);
    const limit = f32x4.splat(threshold);
    const a = f32x4.gt(v128.load(at), limit);
    const b = f32x4.gt(v128.load(at, 16), limit);
    const c = f32x4.gt(v128.load(at, 32), limit);
    const d = f32x4.gt(v128.load(at, 48), limit);
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
      for (let i = j + 16; i > j; ) consider(row, --i);
    }
  }
}

function consider(row: usize, column: u32): void {
  const score = load<f32>(row + (column << 2));
  if (!(score > threshold) || isExcluded(column)) return;
  if (heapSize < heapLimit) {
    siftUp(heapSize++, score, column);
  } else {
    siftDown(heapLimit, score, column);
  }
  if (heapSize == heapLimit) threshold = load<f32>(heapScores);
}

function isExcluded(column: u32): bool {
  while (excludedEnd > excludedBegin) {
    const largest = load<u32>(excludedEnd - 4);
    if (largest < column) return false;
    if (largest == column) return true;
    excludedEnd -= 4;
  }
  return false;
}

// @ts-ignore: decorator
@inline
function put(i: u32, score: f32, column: u32): void {
  store<f32>(heapScores + (i << 2), score);
  store<u32>(heapIndices + (i << 2), column);
}

/** True if entry i is worse than the one given: lower, or as high with a smaller column. */
// @ts-ignore: decorator
@inline
function isWorse(i: u32, score: f32, column: u32): bool {
  const other = load<f32>(heapScores + (i << 2));
  return other < score || (other == score && load<u32>(heapIndices + (i << 2)) < column);
}

function siftUp(i: u32, score: f32, column: u32): void {
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (isWorse(parent, score, column)) break;
    put(i, load<f32>(heapScores + (parent << 2)), load<u32>(heapIndices + (parent << 2)));
    i = parent;
  }
  put(i, score, column);
}

/** Puts an entry in the place of the worst of the first `size`. */
function siftDown(size: u32, score: f32, column: u32): void {
  let i: u32 = 0;
  for (;;) {
    let child: u32 = 2 * i + 1;
    if (child >= size) break;
    const right = child + 1;
    if (right < size && isWorse(right, load<f32>(heapScores + (child << 2)), load<u32>(heapIndices + (child << 2)))) {
      child = right;
    }
    if (!isWorse(child, score, column)) break;
    put(i, load<f32>(heapScores + (child << 2)), load<u32>(heapIndices + (child << 2)));
    i = child;
  }
  put(i, score, column);
}

/** Moves the worst to the end, again and again. */
function sortBestFirst(): void {
  for (let size = heapSize; size > 1; ) {
    size--;
    const score = load<f32>(heapScores + (size << 2));
    const column = load<u32>(heapIndices + (size << 2));
    put(size, load<f32>(heapScores), load<u32>(heapIndices));
    siftDown(size, score, column);
  }
}
