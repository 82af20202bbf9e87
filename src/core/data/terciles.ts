/** Bounds that cut a population into three parts of about equal size. */
export interface Terciles {
  /** The low third is at most this. */
  readonly low: number;
  /** The middle third is above `low` and at most this; the high third is above it. */
  readonly middle: number;
}
export const TERCILES = ["low", "middle", "high"] as const;
export type Tercile = (typeof TERCILES)[number];

/**
 * The terciles of some values. Equal values stay together, so that the parts differ in size where
 * many are equal.
 */
export function terciles(values: Uint32Array): Terciles {
  const sorted = values.toSorted();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { low: at(1 / 3), middle: at(2 / 3) };
}

/** The part that a value belongs to. */
export function tercileOf({ low, middle }: Terciles, value: number): Tercile {
  if (value <= low) return "low";
  return value <= middle ? "middle" : "high";
}
