import { dot } from "./lanes";

/** So many numbers of a row of out are made at a time, in registers. */
const BLOCK: u32 = 32;

/**
 * out[r, :] (+)= Σ_p weights[p] · source[indices[p], :], p from offsets[r] to offsets[r + 1].
 *
 * out is (R, D), source (S, D). Without weights (address 0) each is 1.
 * The terms are added one after the other; nothing but the sums depends on one another, so that many rows of memory
 * are on their way at once.
 */
export function gatherSum(
  first: u32,
  last: u32,
  out: usize,
  columns: u32,
  offsets: usize,
  indices: usize,
  weights: usize,
  entries: u32,
  source: usize,
  sourceRows: u32,
  accumulate: u32,
): void {
  const rowBytes = columns << 2;
  for (let r = first; r < last; r++) {
    const begin = load<u32>(offsets + (r << 2));
    const end = load<u32>(offsets + (r << 2), 4);
    if (begin > end || end > entries) unreachable();
    for (let p = begin; p < end; p++) if (load<u32>(indices + (p << 2)) >= sourceRows) unreachable();
    const out_r = out + r * rowBytes;
    let c: u32 = 0;
    for (; c + BLOCK <= columns; c += BLOCK) {
      sumBlock(out_r + (c << 2), begin, end, indices, weights, source + (c << 2), rowBytes, accumulate != 0);
    }
    for (; c + 4 <= columns; c += 4) {
      sumFour(out_r + (c << 2), begin, end, indices, weights, source + (c << 2), rowBytes, accumulate != 0);
    }
    for (; c < columns; c++) {
      sumOne(out_r + (c << 2), begin, end, indices, weights, source + (c << 2), rowBytes, accumulate != 0);
    }
  }
}

/**
 * out[p] = a[r, :] · b[indices[p], :] for every entry p of row r.
 *
 * a is (R, D), b (S, D), D a multiple of 4, out has one number for each entry.
 */
export function rowDots(
  first: u32,
  last: u32,
  out: usize,
  columns: u32,
  offsets: usize,
  indices: usize,
  entries: u32,
  a: usize,
  b: usize,
  bRows: u32,
): void {
  const rowBytes = columns << 2;
  for (let r = first; r < last; r++) {
    const begin = load<u32>(offsets + (r << 2));
    const end = load<u32>(offsets + (r << 2), 4);
    if (begin > end || end > entries) unreachable();
    for (let p = begin; p < end; p++) {
      store<f32>(out + (p << 2), dot(a + r * rowBytes, sourceRow(p, indices, b, bRows, rowBytes), columns));
    }
  }
}

/** The address of the row that entry p names; an index outside the matrix stops the kernel. */
// @ts-ignore: decorator
@inline
function sourceRow(p: u32, indices: usize, source: usize, sourceRows: u32, rowBytes: u32): usize {
  const index = load<u32>(indices + (p << 2));
  if (index >= sourceRows) unreachable();
  return source + index * rowBytes;
}

// @ts-ignore: decorator
@inline
function weight(p: u32, weights: usize): v128 {
  return weights == 0 ? f32x4.splat(1) : v128.load_splat<f32>(weights + (p << 2));
}

/** Columns of out, {@link BLOCK} of them. */
function sumBlock(
  out: usize,
  begin: u32,
  end: u32,
  indices: usize,
  weights: usize,
  source: usize,
  rowBytes: u32,
  accumulate: bool,
): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  if (accumulate) {
    s0 = v128.load(out);
    s1 = v128.load(out, 16);
    s2 = v128.load(out, 32);
    s3 = v128.load(out, 48);
    s4 = v128.load(out, 64);
    s5 = v128.load(out, 80);
    s6 = v128.load(out, 96);
    s7 = v128.load(out, 112);
  }
  for (let p = begin; p < end; p++) {
    const row = source + load<u32>(indices + (p << 2)) * rowBytes;
    const w = weight(p, weights);
    s0 = f32x4.add(s0, f32x4.mul(w, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(w, v128.load(row, 16)));
    s2 = f32x4.add(s2, f32x4.mul(w, v128.load(row, 32)));
    s3 = f32x4.add(s3, f32x4.mul(w, v128.load(row, 48)));
    s4 = f32x4.add(s4, f32x4.mul(w, v128.load(row, 64)));
    s5 = f32x4.add(s5, f32x4.mul(w, v128.load(row, 80)));
    s6 = f32x4.add(s6, f32x4.mul(w, v128.load(row, 96)));
    s7 = f32x4.add(s7, f32x4.mul(w, v128.load(row, 112)));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
  v128.store(out, s4, 64);
  v128.store(out, s5, 80);
  v128.store(out, s6, 96);
  v128.store(out, s7, 112);
}

/** Four columns of out. */
function sumFour(
  out: usize,
  begin: u32,
  end: u32,
  indices: usize,
  weights: usize,
  source: usize,
  rowBytes: u32,
  accumulate: bool,
): void {
  let sum = accumulate ? v128.load(out) : f32x4.splat(0);
  for (let p = begin; p < end; p++) {
    const row = source + load<u32>(indices + (p << 2)) * rowBytes;
    sum = f32x4.add(sum, f32x4.mul(weight(p, weights), v128.load(row)));
  }
  v128.store(out, sum);
}

/** One column of out. */
function sumOne(
  out: usize,
  begin: u32,
  end: u32,
  indices: usize,
  weights: usize,
  source: usize,
  rowBytes: u32,
  accumulate: bool,
): void {
  let sum: f32 = accumulate ? load<f32>(out) : 0;
  for (let p = begin; p < end; p++) {
    const w: f32 = weights == 0 ? 1 : load<f32>(weights + (p << 2));
    sum += w * load<f32>(source + load<u32>(indices + (p << 2)) * rowBytes);
  }
  store<f32>(out, sum);
}
