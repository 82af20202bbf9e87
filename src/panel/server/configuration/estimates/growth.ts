import type { DataCounts } from "./data-counts.ts";

/** The steps of the workflows that take time, in their order. */
export const STEPS = [
  "Collect",
  "Assemble",
  "Train",
  "EvaluatedRound",
  "Evaluate",
  "Compare",
  "ServedRound",
  "Refit",
  "Transform",
  "Merge",
] as const;
/** Fits in rounds: the states are run once for each. */
export const ROUNDS: readonly Step[] = ["EvaluatedRound", "ServedRound"];
export type Step = (typeof STEPS)[number];

/** What a step's time grows with, and what it took at sizes that were measured. */
interface Growth {
  readonly size: (counts: DataCounts) => number;
  /** Size → seconds, ascending. */
  readonly measured: readonly (readonly [size: number, seconds: number])[];
}

const rows = ({ rows }: DataCounts): number => rows;
/** Users × items. */
export const pairs = ({ users, items }: DataCounts): number => users * items;
/** All pairs up to two billion, but at least those of 10,000 users (`evaluation.maxUsers`). */
export const judgedPairs = ({ users, items }: DataCounts): number =>
  Math.min(users * items, Math.max(2e9, 1e4 * items));

/** One fit, by one instance. */
const FIT = measured(1e6, 15, 3e6, 46, 1e7, 65);

/** The tables of docs/performance.md and docs/scale.md: 1, 3 and 10 million rows of 50,000 users and 10,000 items to each million. */
const GROWTH: Readonly<Record<Step, Growth>> = {
  Collect: { size: rows, measured: measured(1e6, 3, 3e6, 8, 1e7, 25) },
  Assemble: { size: rows, measured: measured(1e6, 2.4, 3e6, 6.4, 1e7, 20) },
  Train: { size: rows, measured: measured(1e6, 186, 3e6, 270, 1e7, 515) },
  EvaluatedRound: { size: rows, measured: FIT },
  Evaluate: { size: judgedPairs, measured: measured(5e8, 54, 2e9, 83) },
  Compare: { size: judgedPairs, measured: measured(2e7, 5, 5e8, 25) },
  ServedRound: { size: rows, measured: FIT },
  Refit: { size: rows, measured: FIT },
  Transform: { size: pairs, measured: measured(5e8, 42, 4.5e9, 122, 5e10, 754) },
  Merge: { size: pairs, measured: measured(5e8, 8, 4.5e9, 26, 5e10, 56) },
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
