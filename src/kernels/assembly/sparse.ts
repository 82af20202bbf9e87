/**
 * out = A · B for two sparse matrices, dense: out[r, :] = Σ_p aWeights[p] · B[aIndices[p], :] over the entries p of row r.
 *
 * A is (R, S), B (S, N), out (R, N). Without weights (address 0) each is 1: the result then counts, exactly.
 */
export function multiplySparse(
  first: u32,
  last: u32,
  out: usize,
  columns: u32,
  aOffsets: usize,
  aIndices: usize,
  aWeights: usize,
  aEntries: u32,
  bRows: u32,
  bOffsets: usize,
  bIndices: usize,
  bWeights: usize,
  bEntries: u32,
): void {
  for (let r = first; r < last; r++) {
    const out_r = out + ((r * columns) << 2);
    memory.fill(out_r, 0, columns << 2);
    const begin = load<u32>(aOffsets + (r << 2));
    const end = load<u32>(aOffsets + (r << 2), 4);
    if (begin > end || end > aEntries) unreachable();
    for (let p = begin; p < end; p++) {
      const s = load<u32>(aIndices + (p << 2));
      if (s >= bRows) unreachable();
      const weight: f32 = aWeights == 0 ? 1 : load<f32>(aWeights + (p << 2));
      const bBegin = load<u32>(bOffsets + (s << 2));
      const bEnd = load<u32>(bOffsets + (s << 2), 4);
      if (bBegin > bEnd || bEnd > bEntries) unreachable();
      for (let q = bBegin; q < bEnd; q++) {
        const column = load<u32>(bIndices + (q << 2));
        if (column >= columns) unreachable();
        const at = out_r + (column << 2);
        const factor: f32 = bWeights == 0 ? 1 : load<f32>(bWeights + (q << 2));
        store<f32>(at, load<f32>(at) + weight * factor);
      }
    }
  }
}
