import { dot, sumLanes } from "./lanes";
import { scratch } from "./scratch";

/** The first bytes of the scratch are {@link dot}'s. */
const DOT_BYTES: usize = 64;

/** A residual below this is rounding: another step would divide nothing by nothing. */
const LEAST_ENERGY: f32 = 1e-20;

/**
 * Moves every row x_r towards the solution of a system of its own, by `steps` steps of conjugate gradients:
 *   (diag(diagonal) + Σ_p w_p · y_p y_pᵀ) · x_r = Σ_p (1 + w_p) · y_p
 * over the entries p of row r, y_p = y[indices[p], :]. A row without entries becomes 0.
 *
 * x is (R, D), y (S, D), diagonal (D), D a multiple of 4 and at most 4,096. Without weights (address 0) each is 1.
 * The diagonal is the preconditioner.
 * Source: Hestenes & Stiefel 1952.
 */
export function solveRows(
  first: u32,
  last: u32,
  x: usize,
  columns: u32,
  offsets: usize,
  indices: usize,
  weights: usize,
  entries: u32,
  y: usize,
  yRows: u32,
  diagonal: usize,
  steps: u32,
): void {
  const rowBytes = columns << 2;
  const residual = scratch + DOT_BYTES;
  const direction = residual + rowBytes;
  const image = direction + rowBytes;
  for (let r = first; r < last; r++) {
    const begin = load<u32>(offsets + (r << 2));
    const end = load<u32>(offsets + (r << 2), 4);
    if (begin > end || end > entries) unreachable();
    const x_r = x + r * rowBytes;
    if (begin == end) {
      memory.fill(x_r, 0, rowBytes);
      continue;
    }
    multiplyDiagonal(residual, diagonal, x_r, -1, rowBytes);
    addEntries(residual, x_r, true, begin, end, indices, weights, y, yRows, rowBytes);
    let energy = preconditioned(residual, diagonal, rowBytes);
    let share: f32 = 0;
    for (let step: u32 = 0; step < steps && energy > LEAST_ENERGY; step++) {
      turn(direction, share, residual, diagonal, rowBytes);
      multiplyDiagonal(image, diagonal, direction, 1, rowBytes);
      addEntries(image, direction, false, begin, end, indices, weights, y, yRows, rowBytes);
      const length = energy / dot(direction, image, columns);
      addScaled(x_r, direction, length, rowBytes);
      addScaled(residual, image, -length, rowBytes);
      const left = preconditioned(residual, diagonal, rowBytes);
      share = left / energy;
      energy = left;
    }
  }
}

/** out = sign · diagonal ∘ v. */
function multiplyDiagonal(out: usize, diagonal: usize, v: usize, sign: f32, rowBytes: u32): void {
  const signs = f32x4.splat(sign);
  for (let i: u32 = 0; i < rowBytes; i += 16) {
    const d = f32x4.mul(signs, v128.load(diagonal + i));
    v128.store(out + i, f32x4.mul(d, v128.load(v + i)));
  }
}

/** Σ residual² / diagonal. */
function preconditioned(residual: usize, diagonal: usize, rowBytes: u32): f32 {
  let sum = f32x4.splat(0);
  for (let i: u32 = 0; i < rowBytes; i += 16) {
    const r = v128.load(residual + i);
    sum = f32x4.add(sum, f32x4.div(f32x4.mul(r, r), v128.load(diagonal + i)));
  }
  return sumLanes(sum);
}

/** direction = residual / diagonal + share · direction; with share 0 it is not read. */
function turn(
  direction: usize,
  share: f32,
  residual: usize,
  diagonal: usize,
  rowBytes: u32,
): void {
  if (share == 0) memory.fill(direction, 0, rowBytes);
  const shares = f32x4.splat(share);
  for (let i: u32 = 0; i < rowBytes; i += 16) {
    const z = f32x4.div(v128.load(residual + i), v128.load(diagonal + i));
    v128.store(direction + i, f32x4.add(z, f32x4.mul(shares, v128.load(direction + i))));
  }
}

/** out += factor · v. */
function addScaled(out: usize, v: usize, factor: f32, rowBytes: u32): void {
  const factors = f32x4.splat(factor);
  for (let i: u32 = 0; i < rowBytes; i += 16) {
    v128.store(out + i, f32x4.add(v128.load(out + i), f32x4.mul(factors, v128.load(v + i))));
  }
}

/**
 * With s_p = y_p · v, out += Σ_p w_p · s_p · y_p, or for a residual out += Σ_p (1 + w_p · (1 − s_p)) · y_p.
 *
 * Four entries at a time, so that four rows of memory are on their way and a row is used twice while it is near.
 */
function addEntries(
  out: usize,
  v: usize,
  isResidual: bool,
  begin: u32,
  end: u32,
  indices: usize,
  weights: usize,
  y: usize,
  yRows: u32,
  rowBytes: u32,
): void {
  let p = begin;
  for (; p + 4 <= end; p += 4) {
    const y0 = rowOf(p, indices, y, yRows, rowBytes);
    const y1 = rowOf(p + 1, indices, y, yRows, rowBytes);
    const y2 = rowOf(p + 2, indices, y, yRows, rowBytes);
    const y3 = rowOf(p + 3, indices, y, yRows, rowBytes);
    const w = weights == 0 ? f32x4.splat(1) : v128.load(weights + (p << 2));
    const factors = factorsOf(fourDots(v, y0, y1, y2, y3, rowBytes), w, isResidual);
    addFour(out, y0, y1, y2, y3, factors, rowBytes);
  }
  for (; p < end; p++) {
    const y_p = rowOf(p, indices, y, yRows, rowBytes);
    const w = weights == 0 ? f32x4.splat(1) : v128.load_splat<f32>(weights + (p << 2));
    const factors = factorsOf(f32x4.splat(dot(v, y_p, rowBytes >> 2)), w, isResidual);
    addScaled(out, y_p, f32x4.extract_lane(factors, 0), rowBytes);
  }
}

/** The address of the row that entry p names; an index outside the matrix stops the kernel. */
// @ts-ignore: decorator
@inline
function rowOf(p: u32, indices: usize, y: usize, yRows: u32, rowBytes: u32): usize {
  const index = load<u32>(indices + (p << 2));
  if (index >= yRows) unreachable();
  return y + index * rowBytes;
}

// @ts-ignore: decorator
@inline
function factorsOf(s: v128, w: v128, isResidual: bool): v128 {
  if (!isResidual) return f32x4.mul(w, s);
  const one = f32x4.splat(1);
  return f32x4.add(one, f32x4.mul(w, f32x4.sub(one, s)));
}

/** v · y0, v · y1, v · y2, v · y3. */
function fourDots(v: usize, y0: usize, y1: usize, y2: usize, y3: usize, rowBytes: u32): v128 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let i: u32 = 0; i < rowBytes; i += 16) {
    const x = v128.load(v + i);
    s0 = f32x4.add(s0, f32x4.mul(x, v128.load(y0 + i)));
    s1 = f32x4.add(s1, f32x4.mul(x, v128.load(y1 + i)));
    s2 = f32x4.add(s2, f32x4.mul(x, v128.load(y2 + i)));
    s3 = f32x4.add(s3, f32x4.mul(x, v128.load(y3 + i)));
  }
  // The four sums of lanes at once: two rows' halves are added side by side, then the halves of those.
  const low01 = v128.shuffle<f32>(s0, s1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(s0, s1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(s2, s3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(s2, s3, 2, 6, 3, 7);
  const sum01 = f32x4.add(low01, high01);
  const sum23 = f32x4.add(low23, high23);
  return f32x4.add(v128.shuffle<f64>(sum01, sum23, 0, 2), v128.shuffle<f64>(sum01, sum23, 1, 3));
}

/** out += factors[0] · y0 + … + factors[3] · y3. */
function addFour(
  out: usize,
  y0: usize,
  y1: usize,
  y2: usize,
  y3: usize,
  factors: v128,
  rowBytes: u32,
): void {
  const f0 = f32x4.splat(f32x4.extract_lane(factors, 0));
  const f1 = f32x4.splat(f32x4.extract_lane(factors, 1));
  const f2 = f32x4.splat(f32x4.extract_lane(factors, 2));
  const f3 = f32x4.splat(f32x4.extract_lane(factors, 3));
  for (let i: u32 = 0; i < rowBytes; i += 16) {
    const left = f32x4.add(f32x4.mul(f0, v128.load(y0 + i)), f32x4.mul(f1, v128.load(y1 + i)));
    const right = f32x4.add(f32x4.mul(f2, v128.load(y2 + i)), f32x4.mul(f3, v128.load(y3 + i)));
    v128.store(out + i, f32x4.add(v128.load(out + i), f32x4.add(left, right)));
  }
}
