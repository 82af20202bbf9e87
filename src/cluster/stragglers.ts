/** A shard that is under way, and since when, in milliseconds of one clock. */
export interface UnderWay<Shard> {
  readonly shard: Shard;
  readonly since: number;
}

/** A shard is late when it has taken so many times as long as those that are done took in the middle, and so long at least. */
const FACTOR = 2.5;
const FLOOR_MS = 20_000;

/** What is known of all shards of a job. */
export interface Shards {
  /** What those took that are done. */
  readonly doneMs: readonly number[];
  readonly count: number;
  /** By the clock that {@link UnderWay.since} is of. */
  readonly now: number;
}

/**
 * The shards that are late: their machine is slow, or half dead. None before half of all are done, since nobody knows
 * what is usual.
 */
export function stragglers<Shard>(
  underWay: readonly UnderWay<Shard>[],
  { doneMs, count, now }: Shards,
): readonly Shard[] {
  if (doneMs.length === 0 || doneMs.length * 2 < count) return [];
  const sorted = doneMs.toSorted((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)]!;
  const late = Math.max(FLOOR_MS, FACTOR * median);
  return underWay.filter(({ since }) => now - since > late).map(({ shard }) => shard);
}
