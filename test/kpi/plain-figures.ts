/** What a plain recomputation is asked: days as numbers from 1970-01-01, names as the files have them. */
export interface PlainScope {
  readonly from: number;
  readonly to: number;
  readonly source?: string | undefined;
  readonly category?: string | undefined;
}

/** Figures by the definitions, row by row. */
export interface PlainFigures {
  readonly value: number | null;
  readonly rows: number;
  /** Name → what a point stands for (the first day of a span, or a label) → value. */
  readonly series: Names;
}

export type Names = ReadonlyMap<string, ReadonlyMap<number | string, number | null>>;

/** Rows by what they have in common. */
export function groups<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const found = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = found.get(keyOf(row));
    if (group === undefined) found.set(keyOf(row), [row]);
    else group.push(row);
  }
  return found;
}

/** One series whose points have names. */
export function labels(name: string, points: readonly (readonly [string, number | null])[]): Names {
  return points.length === 0 ? new Map() : new Map([[name, new Map(points)]]);
}
