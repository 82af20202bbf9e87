import { dot } from "./lanes";

/**
 * out[r, :] (+)= Σ_p weights[p] · source[indices[p], :], p from offsets[r] to offsets[r + 1].
 *
 * out is (R, D), source (S, D). Without weights (address 0) each is 1.
 * The terms are added one after the other; four at a time only to have four rows of memory on their way.
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
    const out_r = out + r * rowBytes;
    if (!accumulate) memory.fill(out_r, 0, rowBytes);
    let p = load<u32>(offsets + (r << 2));
    const end = load<u32>(offsets + (r << 2), 4);
    if (p > end || end > entries) unreachable();
    for (; p + 4 <= end; p += 4) {
      addFour(
        out_r,
        rowBytes,
        sourceRow(p, indices, source, sourceRows, rowBytes),
        sourceRow(p + 1, indices, source, sourceRows, rowBytes),
        sourceRow(p + 2, indices, source, sourceRows, rowBytes),
        sourceRow(p + 3, indices, source, sourceRows, rowBytes),
        weight(p, weights),
        weight(p + 1, weights),
        weight(p + 2, weights),
        weight(p + 3, weights),
      );
    }
    for (; p < end; p++) {
      addOne(out_r, rowBytes, sourceRow(p, indices, source, sourceRows, rowBytes), weight(p, weights));
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

function addFour(
  out: usize,
  rowBytes: u32,
  s0: usize,
  s1: usize,
  s2: usize,
  s3: usize,
  w0: v128,
  w1: v128,
  w2: v128,
  w3: v128,
): void {
  let i: u32 = 0;
  for (; i + 16 <= rowBytes; i += 16) {
    let sum = v128.load(out + i);
    sum = f32x4.add(sum, f32x4.mul(w0, v128.load(s0 + i)));
    sum = f32x4.add(sum, f32x4.mul(w1, v128.load(s1 + i)));
    sum = f32x4.add(sum, f32x4.mul(w2, v128.load(s2 + i)));
    sum = f32x4.add(sum, f32x4.mul(w3, v128.load(s3 + i)));
    v128.store(out + i, sum);
  }
  for (; i < rowBytes; i += 4) {
    let sum = load<f32>(out + i);
    sum += first(w0) * load<f32>(s0 + i);
    sum += first(w1) * load<f32>(s1 + i);
    sum += first(w2) * load<f32>(s2 + i);
    sum += first(w3) * load<f32>(s3 + i);
    store<f32>(out + i, sum);
  }
}

function addOne(out: usize, rowBytes: u32, source: usize, weight: v128): void {
  let i: u32 = 0;
  for (; i + 16 <= rowBytes; i += 16) {
    v128.store(out + i, f32x4.add(v128.load(out + i), f32x4.mul(weight, v128.load(source + i))));
  }
  for (; i < rowBytes; i += 4) {
    store<f32>(out + i, load<f32>(out + i) + first(weight) * load<f32>(source + i));
  }
}

// @ts-ignore: decorator
@inline
function first(x: v128): f32 {
  return f32x4.extract_lane(x, 0);
}
