import type { Random } from "./random.ts";

/** Draws an index with probability proportional to its weight, in constant time. */
export interface AliasTable {
  draw(random: Random): number;
}

/**
 * The alias table of some weights: every column of height 1 holds its own index and at most one other.
 *
 * Source: Walker, ACM TOMS 3(3), 1977; built in linear time as in Vose, IEEE TSE 17(9), 1991.
 *
 * @throws RangeError unless all weights are finite and at least 0, and one is above 0
 */
export function aliasTable(weights: ArrayLike<number>): AliasTable {
  const n = weights.length;
  const total = sum(weights);
  const share = new Float64Array(n);
  const alias = new Uint32Array(n);
  const low: number[] = [];
  const high: number[] = [];
  for (let i = 0; i < n; i++) {
    share[i] = (weights[i]! / total) * n;
    alias[i] = i;
    (share[i] < 1 ? low : high).push(i);
  }
  while (low.length > 0 && high.length > 0) {
    const under = low.pop()!;
    const over = high[high.length - 1];
    alias[under] = over;
    share[over] -= 1 - share[under];
    if (share[over] < 1) {
      high.pop();
      low.push(over);
    }
  }
  // Only rounding keeps these from being full columns; one of weight 0 must not become full by it.
  const heaviest = indexOfLargest(weights);
  for (const i of low) {
    if (weights[i] === 0) alias[i] = heaviest;
    else share[i] = 1;
  }

  return {
    draw(random) {
      const column = random.integer(n);
      return random.uniform() < share[column] ? column : alias[column];
    },
  };
}

function sum(weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`weight ${i} must be finite and at least 0, got ${weight}`);
    }
    total += weight;
  }
  if (total === 0) throw new RangeError("at least one weight must be above 0");
  return total;
}

function indexOfLargest(weights: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 1; i < weights.length; i++) if (weights[i]! > weights[largest]!) largest = i;
  return largest;
}
