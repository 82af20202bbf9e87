/**
 * out[r, :] = Σ_p weights[p] · m[indices[p], :], p from offsets[r] to offsets[r + 1], for a sparse m.
 *
 * out is (R, C), dense. m has S rows of columns and values, row s from mOffsets[s] to mOffsets[s + 1]. Without
 * weights, or without values (address 0), each is 1. A column outside out stops the kernel.
 */
export function multiplySparse(
  first: u32,
  last: u32,
  out: usize,
  columns: u32,
  offsets: usize,
  indices: usize,
  weights: usize,
  entries: u32,
  mOffsets: usize,
  mIndices: usize,
  mValues: usize,
  mRows: u32,
  mEntries: u32,
): void {
  const rowBytes = columns << 2;
  for (let r = first; r < last; r++) {
    const out_r = out + r * rowBytes;
    memory.fill(out_r, 0, rowBytes);
    const begin = load<u32>(offsets + (r << 2));
    const end = load<u32>(offsets + (r << 2), 4);
    if (begin > end || end > entries) unreachable();
    for (let p = begin; p < end; p++) {
      const s = load<u32>(indices + (p << 2));
      if (s >= mRows) unreachable();
      const mBegin = load<u32>(mOffsets + (s << 2));
      const mEnd = load<u32>(mOffsets + (s << 2), 4);
      if (mBegin > mEnd || mEnd > mEntries) unreachable();
      const weight: f32 = weights == 0 ? 1 : load<f32>(weights + (p << 2));
      if (mValues == 0) addSame(out_r, columns, mIndices, mBegin, mEnd, weight);
      else addRow(out_r, columns, mIndices, mValues, mBegin, mEnd, weight);
    }
  }
}

function addRow(
  out: usize,
  columns: u32,
  indices: usize,
  values: usize,
  begin: u32,
  end: u32,
  weight: f32,
): void {
  for (let q = begin; q < end; q++) {
    const column = load<u32>(indices + (q << 2));
    if (column >= columns) unreachable();
    const at = out + (column << 2);
    store<f32>(at, load<f32>(at) + weight * load<f32>(values + (q << 2)));
  }
}

function addSame(out: usize, columns: u32, indices: usize, begin: u32, end: u32, weight: f32): void {
  for (let q = begin; q < end; q++) {
    const column = load<u32>(indices + (q << 2));
    if (column >= columns) unreachable();
    const at = out + (column << 2);
    store<f32>(at, load<f32>(at) + weight);
  }
}
