import type { DataCounts } from "./data-counts.ts";

/** The steps of the workflows that take time, in their order. */
export const STEPS = ["Collect", "Train", "Evaluate", "Refit", "Transform", "Merge"] as const;
export type Step = (typeof STEPS)[number];

/** What a step's time grows with, and what it took at sizes that were measured. */
interface Growth {
  readonly size: (counts: DataCounts) => number;
  /** Size → seconds, ascending. */
  readonly measured: readonly (readonly [size: number, seconds: number])[];
}

const rows = ({ rows }: DataCounts): number => rows;
const pairs = ({ users, items }: DataCounts): number => users * items;
/** All pairs up to two billion, but at least those of 10,000 users (`evaluation.maxUsers`). */
const judgedPairs = ({ users, items }: DataCounts): number =>
  Math.min(users * items, Math.max(2e9, 1e4 * items));

/** The table of docs/performance.md: 1, 3 and 10 million rows of 50,000 users and 10,000 items to each million. */
const GROWTH: Readonly<Record<Step, Growth>> = {
  Collect: { size: rows, measured: measured(1e6, 3, 3e6, 7, 1e7, 34) },
  Train: { size: rows, measured: measured(1e6, 162, 3e6, 237, 1e7, 456) },
  Evaluate: { size: judgedPairs, measured: measured(5e8, 53, 2e9, 77) },
  Refit: { size: rows, measured: measured(1e6, 15, 3e6, 42, 1e7, 63) },
  Transform: { size: pairs, measured: measured(5e8, 43, 4.5e9, 117, 5e10, 727) },
  Merge: { size: pairs, measured: measured(5e8, 5, 4.5e9, 29, 5e10, 77) },
};

/** A process starts, reads and writes: no step is faster. */
const FASTEST_SECONDS = 1;

/** Seconds of a step by what was measured: a line between two sizes and beyond them, both axes logarithmic. */
export function secondsByGrowth(step: Step, counts: DataCounts): number {
  const { size, measured: points } = GROWTH[step];
  const x = Math.log(Math.max(1, size(counts)));
  const logs = points.map(([at, seconds]) => [Math.log(at), Math.log(seconds)] as const);
  const above = logs.findIndex(([at]) => at >= x);
  const last = logs.length - 1;
  const end = above < 0 ? last : Math.max(1, above);
  const [x0, y0] = logs[end - 1]!;
  const [x1, y1] = logs[end]!;
  // Below what was measured, time falls with the square root of the size at least: the slope at small sizes.
  const slope = (y1 - y0) / (x1 - x0);
  const used = x < x0 ? Math.max(slope, 0.5) : slope;
  return Math.max(FASTEST_SECONDS, Math.exp(y0 + used * (x - x0)));
}

function measured(...values: readonly number[]): (readonly [number, number])[] {
  return Array.from({ length: values.length / 2 }, (_, i) => [values[2 * i]!, values[2 * i + 1]!]);
}
