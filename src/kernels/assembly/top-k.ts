import { moveLargestToFront, sortDescending } from "./keys";

/**
 * The k best columns of every row of scores, best first; of equal scores the larger column first.
 *
 * scores is (R, N); outIndices and outScores (R, k), outCounts (R) says how many of the k are filled, the
 * rest are 0xffffffff and −∞. Columns listed in the row's `excluded` (ascending), NaN and −∞ never appear.
 * room is (R, 2k) of 8 bytes.
 *
 * A row is read from its end, so that a score equal to the worst one kept belongs to a smaller column and loses:
 * only scores *above* it need a closer look. Those are gathered, and whenever 2k are there the better k are kept.
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
  room: usize,
): void {
  for (let r = first; r < last; r++) {
    let excludedBegin: u32 = 0;
    let excludedEnd: u32 = 0;
    if (excludedOffsets != 0) {
      excludedBegin = load<u32>(excludedOffsets + (r << 2));
      excludedEnd = load<u32>(excludedOffsets + (r << 2), 4);
      if (excludedBegin > excludedEnd || excludedEnd > excludedEntries) unreachable();
    }
    limit = k;
    keys = room + r * (k << 4);
    count = 0;
    threshold = -Infinity;
    nextExcluded = excludedColumns + (excludedEnd << 2);
    lastExcluded = excludedColumns + (excludedBegin << 2);
    if (k > 0) scan(scores + ((r * columns) << 2), columns);
    keepBest();
    sortDescending(keys, count);

    const out = r * k;
    for (let i: u32 = 0; i < k; i++) {
      const filled = i < count;
      const key = filled ? load<u64>(keys + (i << 3)) : 0xffffffff;
      store<u32>(outIndices + ((out + i) << 2), <u32>key);
      store<f32>(outScores + ((out + i) << 2), filled ? scoreOf(key) : -Infinity);
    }
    store<u32>(outCounts + (r << 2), count);
  }
}

/** The row's candidates: how many are wanted, where they stand, how many there are, the score to beat. */
let limit: u32 = 0;
let keys: usize = 0;
let count: u32 = 0;
let threshold: f32 = 0;
/** The row's excluded columns that are still to come: from just below `nextExcluded` down to `lastExcluded`. */
let nextExcluded: usize = 0;
let lastExcluded: usize = 0;

/** Reads a row from its end, sixteen scores at a time; nearly always none is above the threshold. */
function scan(row: usize, columns: u32): void {
  let j = columns;
  while ((j & 15) != 0) consider(row, --j);
  while (j > 0) {
    j -= 16;
    const at = row + (j << 2);
    const bar = f32x4.splat(threshold);
    const a = f32x4.gt(v128.load(at), bar);
    const b = f32x4.gt(v128.load(at, 16), bar);
    const c = f32x4.gt(v128.load(at, 32), bar);
    const d = f32x4.gt(v128.load(at, 48), bar);
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue;
    let above: u32 =
      i32x4.bitmask(a) | (i32x4.bitmask(b) << 4) | (i32x4.bitmask(c) << 8) | (i32x4.bitmask(d) << 12);
    while (above != 0) {
      const highest = 31 - clz(above);
      above ^= 1 << highest;
      consider(row, j + highest);
    }
  }
}

function consider(row: usize, column: u32): void {
  const score = load<f32>(row + (column << 2));
  if (!(score > threshold) || isExcluded(column)) return;
  store<u64>(keys + (count << 3), keyOf(score, column));
  count++;
  if (count == 2 * limit) keepBest();
}

/** Keeps the best `limit` candidates; the worst of them is what later ones must beat. */
function keepBest(): void {
  if (count < limit || count == 0) return;
  moveLargestToFront(keys, count, limit);
  count = limit;
  threshold = scoreOf(load<u64>(keys + ((limit - 1) << 3)));
}

function isExcluded(column: u32): bool {
  for (; nextExcluded > lastExcluded; nextExcluded -= 4) {
    const largest = load<u32>(nextExcluded - 4);
    if (largest <= column) return largest == column;
  }
  return false;
}

/** One number that orders candidates: the score's bits, made to rise with it, above the column's. */
function keyOf(score: f32, column: u32): u64 {
  const bits = reinterpret<u32>(score + 0); // −0 becomes 0, its equal
  const rising = bits & 0x80000000 ? ~bits : bits | 0x80000000;
  return (<u64>rising << 32) | column;
}

function scoreOf(key: u64): f32 {
  const rising = <u32>(key >> 32);
  return reinterpret<f32>(rising & 0x80000000 ? rising ^ 0x80000000 : ~rising);
}
