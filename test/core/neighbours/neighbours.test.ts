import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Histories, Tokens } from "../../../src/core/data/index.ts";
import {
  contentEvidence,
  type Evidence,
  easeEvidence,
  filterEvidence,
  linearEvidence,
  transitionEvidence,
} from "../../../src/core/neighbours/index.ts";
import { linearFilter } from "../../../src/core/neighbours/linear-filter.ts";
import { transitions } from "../../../src/core/neighbours/transitions.ts";
import { openCoreKernels } from "../../../src/core/open-kernels.ts";
import { type Kernels, random } from "../../../src/kernels/index.ts";
import { checkerboard, historiesOf } from "../train/checkerboard.ts";

let kernels: Kernels;
beforeAll(async () => {
  kernels = await openCoreKernels(2);
});
afterAll(() => kernels.close());

/** Histories of 30 users over 12 items, some long, some of one item, one empty. */
function someHistories(): Histories {
  const draw = random(4);
  const rows = Array.from({ length: 30 }, (_, user) => {
    const items = new Set<number>();
    const length = user === 0 ? 0 : 1 + draw.integer(8);
    while (items.size < length) items.add(draw.integer(12));
    return [...items];
  });
  return historiesOf(rows, 12);
}

function itemsOf({ offsets, itemIndices }: Histories, user: number): number[] {
  return Array.from(itemIndices.subarray(offsets[user], offsets[user + 1]));
}

function gathered(evidence: Evidence, users: number[], items: number): number[][] {
  const out = kernels.matrix(users.length, items);
  evidence.gather(Uint32Array.from(users), out);
  return users.map((_, r) => Array.from(out.values.subarray(r * items, (r + 1) * items)));
}

function zeros(rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
}

/** P without its diagonal, by the formula. */
function plainFilter(history: Histories): number[][] {
  const { users, items } = history;
  const count = new Array<number>(items).fill(0);
  for (const item of history.itemIndices) count[item]!++;
  const filter = zeros(items, items);
  for (let user = 0; user < users; user++) {
    const list = itemsOf(history, user);
    for (const i of list) {
      for (const j of list) {
        if (i !== j) filter[j]![i]! += (count[j]! ** -0.75 * count[i]! ** -0.25) / list.length;
      }
    }
  }
  return filter;
}

test("the linear branch is EASE, and the filter where the catalogue is too large for it", () => {
  const history = someHistories();
  const users = [1, 5, 0, 30];
  expect(gathered(linearEvidence(kernels, history), users, 12)).toEqual(
    gathered(easeEvidence(kernels, history), users, 12),
  );
  const large = historiesOf([[0, 1], [1, 10_000], []], 10_001);
  const got = gathered(linearEvidence(kernels, large), [0, 1, 2], 10_001);
  expect(got).toEqual(gathered(filterEvidence(kernels, large), [0, 1, 2], 10_001));
  expect(got[0]![10_000]).toBeGreaterThan(0);
});

describe("the linear filter", () => {
  test("whole, it scores as the sum of the history's rows", () => {
    const history = someHistories();
    const filter = plainFilter(history);
    const users = [1, 5, 17, 0];
    const got = gathered(filterEvidence(kernels, history), users, 12);
    users.forEach((user, r) => {
      for (let i = 0; i < 12; i++) {
        const expected = itemsOf(history, user).reduce((sum, j) => sum + filter[j]![i]!, 0);
        expect(got[r]![i]).toBeCloseTo(expected, 5);
      }
    });
  });

  test("pruned, each row keeps its largest entries and nothing of its mass is lost", () => {
    const history = someHistories();
    const filter = plainFilter(history);
    const { matrix, droppedOf } = linearFilter(kernels, history, 3);
    const dropped = filter.map((row) =>
      row
        .toSorted((a, b) => b - a)
        .slice(3)
        .reduce((sum, value) => sum + value, 0),
    );
    dropped.forEach((mass, j) => {
      expect(droppedOf[j]).toBeCloseTo(mass, 5);
    });
    const tail = Array.from(matrix.weights.subarray(matrix.offsets[12], matrix.offsets[13]));
    expect(tail).toHaveLength(12);
    expect(tail.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    // The tail's share of a column is what the rows dropped of it.
    const keptOf = (j: number) =>
      new Set(matrix.indices.subarray(matrix.offsets[j], matrix.offsets[j + 1]));
    const total = dropped.reduce((sum, mass) => sum + mass, 0);
    for (let i = 0; i < 12; i++) {
      const lost = filter.reduce((sum, row, j) => sum + (keptOf(j).has(i) ? 0 : row[i]!), 0);
      expect(tail[i]).toBeCloseTo(lost / total, 4);
    }
  });
});

test("transitions count what follows what, nearer pairs more, by the formula", () => {
  const rows = [[0, 1, 2], [1, 2], [], [2, 0, 3, 1]];
  const count = zeros(4, 4);
  for (const row of rows) {
    row.forEach((j, p) => {
      row.slice(p + 1).forEach((i, k) => (count[j]![i]! += Math.exp(-0.2 * k)));
    });
  }
  const rowSum = count.map((row) => row.reduce((sum, value) => sum + value, 0));
  const columnSum = count.map((_, i) => count.reduce((sum, row) => sum + row[i]!, 0));
  const matrix = transitions(kernels, historiesOf(rows, 4), 4);
  for (let j = 0; j < 4; j++) {
    const got = new Array<number>(4).fill(0);
    for (let p = matrix.offsets[j]!; p < matrix.offsets[j + 1]!; p++) {
      got[matrix.indices[p]!] = matrix.weights[p]!;
    }
    got.forEach((value, i) => {
      const c = count[j]![i]!;
      const expected = c === 0 ? 0 : c / Math.sqrt(rowSum[j]!) / columnSum[i]! ** 0.25;
      expect(value, `T[${j}, ${i}]`).toBeCloseTo(expected, 5);
    });
  }
});

test("an item no longer counts as followed by one that comes more than ten places later", () => {
  const row = Array.from({ length: 12 }, (_, item) => item);
  const matrix = transitions(kernels, historiesOf([row], 12), 12);
  const after = Array.from(matrix.indices.subarray(matrix.offsets[0], matrix.offsets[1]));
  expect(after.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("content is the sum of the cosines of idf-weighted tokens", () => {
  const lists = [[0, 1], [1], [0, 2], [2, 3], []];
  const tokens: Tokens = {
    offsets: Uint32Array.from([0, 2, 3, 5, 7, 7]),
    tokens: Uint32Array.from(lists.flat()),
    count: 4,
    featureOf: new Uint32Array(4),
  };
  const idf = [0, 1, 2, 3].map((t) =>
    Math.log(5 / lists.filter((list) => list.includes(t)).length),
  );
  const vectors = lists.map((list) => idf.map((value, t) => (list.includes(t) ? value : 0)));
  const cosine = (a: number[], b: number[]) => {
    const dot = a.reduce((sum, value, t) => sum + value * b[t]!, 0);
    const length = Math.hypot(...a) * Math.hypot(...b);
    return length === 0 ? 0 : dot / length;
  };
  const history = historiesOf([[0, 3], [2], []], 5);
  const got = gathered(contentEvidence(kernels, history, tokens), [0, 1, 2], 5);
  [[0, 3], [2], []].forEach((items, user) => {
    for (let i = 0; i < 5; i++) {
      const expected = items.reduce((sum, j) => sum + cosine(vectors[j]!, vectors[i]!), 0);
      expect(got[user]![i]).toBeCloseTo(expected, 5);
    }
  });
});

test("the linear filter names the withheld item of the checkerboard for every user", () => {
  const history = checkerboard(50);
  const users = Array.from({ length: 50 }, (_, user) => user);
  gathered(filterEvidence(kernels, history), users, 50).forEach((row, user) => {
    const open = row.map((value, item) => (itemsOf(history, user).includes(item) ? -1 : value));
    expect(open.indexOf(Math.max(...open))).toBe(user);
  });
});

test("users without a history, and beyond the last, have no evidence for anything", () => {
  const history = someHistories();
  const dated = { ...history, timestamps: new Float64Array(history.itemIndices.length) };
  for (const evidence of [
    easeEvidence(kernels, history),
    filterEvidence(kernels, history),
    transitionEvidence(kernels, dated),
  ]) {
    expect(gathered(evidence, [0, 30], 12).flat()).toEqual(new Array(24).fill(0));
  }
});
