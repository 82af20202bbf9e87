import type { VocabularyToken } from "../../schema/index.ts";

/** A bin of a number: from `from` up to, not including, `to`. */
interface Bin {
  readonly from: number;
  readonly to: number;
  readonly row: number;
}

/**
 * Finds the bin of other data that a bin stands for: bins are quantiles, so that a single new item moves the bounds
 * of many, and by their text alone the model would lose what it knows of numbers.
 *
 * The lowest bin stands for the lowest, the highest for the highest, any other for the one that its middle lies in.
 *
 * @param tokens - among them bins, by their values: `< 10`, `[10, 20)`, `>= 20`
 * @returns gives the place of a token in `tokens`; `undefined` for one that is no bin, or of a feature without bins
 */
export function nearestBin(
  tokens: readonly VocabularyToken[],
): (token: VocabularyToken) => number | undefined {
  const binsOf = new Map<string, Bin[]>();
  for (const [row, { feature, value }] of tokens.entries()) {
    const bounds = boundsOf(value);
    if (bounds === undefined) continue;
    const bins = binsOf.get(feature) ?? [];
    binsOf.set(feature, bins);
    bins.push({ ...bounds, row });
  }
  return ({ feature, value }) => {
    const bounds = boundsOf(value);
    if (bounds === undefined) return undefined;
    const { from, to } = bounds;
    const stands = (bin: Bin): boolean => {
      if (from === -Infinity) return bin.from === -Infinity;
      if (to === Infinity) return bin.to === Infinity;
      const middle = (from + to) / 2;
      return bin.from <= middle && middle < bin.to;
    };
    return binsOf.get(feature)?.find(stands)?.row;
  };
}

function boundsOf(value: string): Omit<Bin, "row"> | undefined {
  const [, below, from, to, atLeast] = BIN.exec(value) ?? [];
  if (below !== undefined) return { from: -Infinity, to: Number(below) };
  if (atLeast !== undefined) return { from: Number(atLeast), to: Infinity };
  if (from !== undefined && to !== undefined) return { from: Number(from), to: Number(to) };
  return undefined;
}

const BIN = /^(?:< (\S+)|\[(\S+), (\S+)\)|>= (\S+))$/;
