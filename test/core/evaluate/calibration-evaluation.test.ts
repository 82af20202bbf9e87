import { describe, expect, test } from "vitest";

import { Calibrator } from "../../../src/core/calibrate/index.ts";
import { histories } from "../../../src/core/data/index.ts";
import { evaluateCalibration } from "../../../src/core/evaluate/calibration-evaluation.ts";
import { PART, TEST_FILE_SPLIT } from "../../../src/schema/index.ts";
import { tinyDataset, type TinyRow } from "../data/tiny-dataset.ts";

/** Below 0 its logit is the log softmax itself: a softmax of s becomes the probability s / (1 + s). */
const calibrator = new Calibrator({
  event: "a purchase",
  horizon: 2,
  baseRate: 0.1,
  intercept: 0,
  logSoftmax: 1,
  activity: 0,
  start: 0,
  step: 1,
  curves: [{ activity: 0, logits: [0, 1] }],
});
/** The log softmax of a probability p. */
const logit = (p: number): number => Math.log(p / (1 - p));

interface List {
  readonly user: number;
  readonly items: readonly number[];
  readonly probabilities: readonly number[];
}

/** Judges lists of which every item has been given a probability. */
function judge(rows: readonly TinyRow[], lists: readonly List[], split = "per-user") {
  const dataset = tinyDataset(rows, { items: 40, split });
  const k = Math.max(0, ...lists.map(({ items }) => items.length));
  const at = <T>(of: (list: List, place: number) => T): T[] =>
    lists.flatMap((list) => Array.from({ length: k }, (_, place) => of(list, place)));
  return evaluateCalibration({
    dataset,
    part: PART.test,
    history: histories(dataset, [PART.train]),
    calibrator,
    users: Uint32Array.from(lists, ({ user }) => user),
    rankings: {
      k,
      counts: Uint32Array.from(lists, ({ items }) => items.length),
      items: Uint32Array.from(at(({ items }, place) => items[place] ?? 0)),
      // The log of the sum is 3 for one user, 4 for the next …: a score is above the log softmax by it.
      scores: Float32Array.from(
        at(({ user, probabilities }, place) => logit(probabilities[place] ?? 0.5) + user + 3),
      ),
      logSumExp: Float64Array.from(lists, ({ user }) => user + 3),
    },
  });
}

const history = (user: number, length: number): TinyRow[] =>
  Array.from({ length }, (_, n) => ({ user, item: 39 - n }));
const bought = (user: number, ...items: readonly number[]): TinyRow[] =>
  items.map((item) => ({ user, item, part: "test" as const }));

/** Numbers that come out of Float32 scores. */
const about = (value: number): number => expect.closeTo(value, 6) as number;

describe("the probabilities of the lists against what came true", () => {
  test("by thirds of activity, each user's pairs with their own history", () => {
    const { event, k, horizon, groups } = judge(
      [
        ...history(0, 1),
        ...bought(0, 7),
        ...history(1, 2),
        ...bought(1, 1, 2),
        ...history(2, 5),
        ...bought(2, 9),
      ],
      [
        { user: 0, items: [7, 8], probabilities: [0.4, 0.2] },
        { user: 1, items: [1, 2, 3, 4], probabilities: [0.4, 0.3, 0.2, 0.1] },
        { user: 2, items: [5, 6], probabilities: [0.2, 0.1] },
      ],
    );
    expect({ event, k, horizon }).toEqual({ event: "a purchase", k: 10, horizon: 2 });
    expect(groups).toEqual({
      all: { users: 3, pairs: 8, predicted: about(1.9 / 8), observed: 3 / 8 },
      low: { users: 1, pairs: 2, predicted: about(0.3), observed: 1 / 2 },
      middle: { users: 1, pairs: 4, predicted: about(0.25), observed: 1 / 2 },
      high: { users: 1, pairs: 2, predicted: about(0.15), observed: 0 },
    });
  });

  test("for the first ten places only, and the ranked users only", () => {
    const items = Array.from({ length: 12 }, (_, item) => item);
    const probabilities = items.map((_, place) => (place < 10 ? 0.25 : 0.4));
    const { groups } = judge(
      [...history(0, 1), ...bought(0, 30), ...history(1, 1), ...bought(1, 9, 10, 11)],
      [{ user: 1, items, probabilities }],
    );
    expect(groups.all).toEqual({ users: 1, pairs: 10, predicted: about(0.25), observed: 0.1 });
  });

  test("leaves out users of whom nothing was held out, and those without history", () => {
    const list = { items: [1], probabilities: [0.25] };
    const { groups } = judge(
      [...history(0, 1), ...bought(0, 2), ...history(1, 1), ...bought(2, 1)],
      [0, 1, 2].map((user) => ({ user, ...list })),
    );
    expect(groups.all).toEqual({ users: 1, pairs: 1, predicted: about(0.25), observed: 0 });
  });

  test("is null for a group that is empty, and for all of them when nobody can be judged", () => {
    const list = { user: 0, items: [1], probabilities: [0.25] };
    const alone = judge([...history(0, 1), ...bought(0, 2)], [list]);
    expect([alone.groups.middle, alone.groups.high]).toEqual([null, null]);
    expect(judge([...history(0, 1)], [list])).toEqual({
      event: "a purchase",
      k: 10,
      horizon: 2,
      groups: { all: null, low: null, middle: null, high: null },
      reliability: { expectedCalibrationError: 0, bins: [] },
    });
  });
});

describe("the horizon", () => {
  const rows = [...history(0, 1), ...bought(0, 2, 3, 4), ...history(1, 1)];
  const lists = [
    { user: 0, items: [2], probabilities: [0.25] },
    { user: 1, items: [2], probabilities: [0.25] },
  ];

  test("of a file of test rows is its own: interactions per user, those without any included", () => {
    const { horizon, groups } = judge(rows, lists, TEST_FILE_SPLIT);
    expect(horizon).toBe(3 / 2);
    // Probabilities within 2 interactions become 1 − (1 − p)^(1.5 / 2).
    expect(groups.all).toEqual({
      users: 2,
      pairs: 2,
      predicted: about(1 - 0.75 ** 0.75),
      observed: 1 / 2,
    });
  });

  test("of a file is taken by tercile of activity, against the validation rows of the same users", () => {
    const held = (user: number, ...items: readonly number[]): TinyRow[] =>
      items.map((item) => ({ user, item, part: "validation" as const }));
    // Quiet, middling and busy: 1, 2 and 3 items known; 1, 1 and 2 validation rows; 1, 3 and 1 test rows.
    const divided = [
      ...[...history(0, 1), ...held(0, 10), ...bought(0, 2)],
      ...[...history(1, 2), ...held(1, 10), ...bought(1, 2, 3, 4)],
      ...[...history(2, 3), ...held(2, 10, 11), ...bought(2, 2)],
    ];
    const same = [0, 1, 2].map((user) => ({ user, items: [20], probabilities: [0.25] }));
    const { horizon, groups } = judge(divided, same, TEST_FILE_SPLIT);
    expect(horizon).toBe(5 / 3);
    expect(groups.low?.predicted).toEqual(about(0.25));
    expect(groups.middle?.predicted).toEqual(about(1 - 0.75 ** 3));
    expect(groups.high?.predicted).toEqual(about(1 - 0.75 ** 0.5));
  });

  test("of a period that is the same for all is what the users known before did in it, one for all", () => {
    const { horizon, groups } = judge(rows, lists, "global-time");
    expect(horizon).toBe(3 / 2);
    for (const group of [groups.all, groups.low]) {
      expect(group?.predicted).toEqual(about(1 - 0.75 ** 0.75));
    }
    expect(judge(bought(0, 2), [], "global-time").horizon).toBe(2);
  });

  test("is that of the fit where nobody is judged, or each user's own rows were divided", () => {
    expect(judge(bought(0, 2), [], TEST_FILE_SPLIT).horizon).toBe(2);
    expect(judge(rows, lists).horizon).toBe(2);
  });
});

describe("the reliability", () => {
  test("is measured in ten bins of equally many pairs, by rising probability", () => {
    // Twenty pairs: 0.02, 0.04 … 0.4, handed out alternately; what came true are 0.04, 0.38 and 0.4.
    const probability = (n: number): number => (n + 1) / 50;
    const list = (user: number): List => {
      const items = Array.from({ length: 10 }, (_, place) => 2 * (9 - place) + user);
      return { user, items, probabilities: items.map(probability) };
    };
    const { reliability } = judge(
      [...history(0, 1), ...bought(0, 18), ...history(1, 1), ...bought(1, 1, 19)],
      [list(0), list(1)],
    );
    const observed = [1 / 2, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    expect(reliability.bins).toEqual(
      observed.map((share, bin) => ({
        pairs: 2,
        lowest: about(probability(2 * bin)),
        highest: about(probability(2 * bin + 1)),
        predicted: about((4 * bin + 3) / 100),
        observed: share,
      })),
    );
    // |0.03 − ½| + (0.07 + 0.11 + … + 0.35) + |0.39 − 1|, all over ten bins of equal size.
    expect(reliability.expectedCalibrationError).toBeCloseTo((0.47 + 1.68 + 0.61) / 10, 6);
  });

  test("weighs a bin by its pairs, and has no empty bins", () => {
    const six = Array.from({ length: 6 }, (_, place) => place);
    const list = (user: number) => ({ user, items: six, probabilities: six.map(() => 0.25) });
    const many = judge(
      [...history(0, 1), ...bought(0, 0, 1, 2), ...history(1, 1), ...bought(1, 30)],
      [list(0), list(1)],
    );
    expect(many.reliability.bins.map(({ pairs }) => pairs)).toEqual([1, 1, 2, 1, 1, 1, 1, 2, 1, 1]);
    // All are given ¼. Two that came true are alone in their bins, the third shares one.
    const error = (2 * 0.75 + 2 * (0.5 - 0.25) + 8 * 0.25) / 12;
    expect(many.reliability.expectedCalibrationError).toBeCloseTo(error, 6);

    const few = judge(
      [...history(0, 1), ...bought(0, 1, 2)],
      [{ user: 0, items: [1, 2, 3], probabilities: [0.4, 0.3, 0.1] }],
    );
    expect(few.reliability.bins).toEqual([
      { pairs: 1, lowest: about(0.1), highest: about(0.1), predicted: about(0.1), observed: 0 },
      { pairs: 1, lowest: about(0.3), highest: about(0.3), predicted: about(0.3), observed: 1 },
      { pairs: 1, lowest: about(0.4), highest: about(0.4), predicted: about(0.4), observed: 1 },
    ]);
    expect(few.reliability.expectedCalibrationError).toBeCloseTo((0.1 + 0.7 + 0.6) / 3, 6);
  });
});
