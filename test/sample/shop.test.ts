import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { CATEGORIES } from "../../src/sample/assortment.ts";
import { END_SECONDS, START_SECONDS, WEEKS } from "../../src/sample/calendar.ts";
import { generateShop, interactionsOf, type Shop, SOURCES } from "../../src/sample/index.ts";
import { shownList } from "../../src/sample/shown-list.ts";
import { weekOf } from "../../src/sample/week.ts";

interface Row {
  readonly user: number;
  readonly item: number;
  readonly source: (typeof SOURCES)[number];
  readonly rating: number;
  readonly seconds: number;
  readonly week: number;
}

function rowsOf(shop: Shop): Row[] {
  return [...interactionsOf(shop)].flatMap((rows, week) =>
    Array.from(rows.userIndex, (user, row) => ({
      user,
      item: rows.itemIndex[row]!,
      source: SOURCES[rows.source[row]!]!,
      rating: rows.rating[row]!,
      seconds: rows.timestampSeconds[row]!,
      week,
    })),
  );
}

const shop = generateShop();
const rows = rowsOf(shop);

describe("what was asked for", () => {
  test("there are exactly as many users, items and interactions, for any size and seed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 300 }),
        fc.integer({ min: 11, max: 300 }),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        (users, items, more, seed) => {
          const drawn = generateShop({ users, items, interactions: users + more, seed });
          const all = rowsOf(drawn);
          expect(all).toHaveLength(users + more);
          expect(new Set(all.map(({ user }) => user)).size).toBe(users);
          expect(all.every(({ item }) => item < items)).toBe(true);
          expect(all.every(({ item, week }) => drawn.items.arrivalWeek[item]! <= week)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("an impossible shop is refused with every reason", () => {
    expect(() => generateShop({ users: 19, items: 10, interactions: 5 })).toThrow(
      "users must be a whole number from 20 to 4294967295, got 19; " +
        "items must be a whole number from 11 to 4294967295, got 10; " +
        "interactions must be a whole number from 19 to 4294967295, got 5",
    );
  });

  test("Q100 users 10 and 20 and items 10 and 11 are warm for every seed: at least 5 partners each", () => {
    for (let seed = 0; seed < 40; seed++) {
      const all = rowsOf(generateShop({ users: 300, items: 200, interactions: 3000, seed }));
      for (const id of [10, 20]) {
        const items = new Set(all.filter(({ user }) => user === id - 1).map(({ item }) => item));
        expect(items.size, `user ${id}, seed ${seed}`).toBeGreaterThanOrEqual(5);
      }
      for (const id of [10, 11]) {
        const users = new Set(all.filter(({ item }) => item === id - 1).map(({ user }) => user));
        expect(users.size, `item ${id}, seed ${seed}`).toBeGreaterThanOrEqual(5);
      }
    }
  });

  test("Q16 every rating is 1, or whole stars from 1 to 5 when explicit ones are asked for", () => {
    expect(new Set(rows.map(({ rating }) => rating))).toEqual(new Set([1]));
    const explicit = rowsOf(generateShop({ ratings: "explicit", interactions: 10_000 }));
    expect(new Set(explicit.map(({ rating }) => rating))).toEqual(new Set([1, 2, 3, 4, 5]));
  });
});

describe("a believable shop", () => {
  test("interactions stand in time order, within the 78 weeks", () => {
    expect(rows.every(({ seconds }, r) => r === 0 || rows[r - 1]!.seconds <= seconds)).toBe(true);
    expect(rows[0]!.seconds).toBeGreaterThanOrEqual(START_SECONDS);
    expect(rows.at(-1)!.seconds).toBeLessThan(END_SECONDS);
  });

  test("popularity has a long tail: a tenth of the items has over a quarter of the interactions", () => {
    const counts = new Array<number>(shop.options.items).fill(0);
    for (const { item } of rows) counts[item]!++;
    counts.sort((a, b) => b - a);
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    expect(sum(counts.slice(0, 100)) / rows.length).toBeGreaterThan(0.25);
    const ascending = counts.toReversed();
    const gini =
      sum(ascending.map((count, i) => (2 * (i + 1) - 1001) * count)) / (1000 * rows.length);
    expect(gini).toBeGreaterThan(0.4);
  });

  test("categories have seasons: winter coats sell in winter, t-shirts less so", () => {
    const rate = (name: string, weeks: readonly number[]): number => {
      const category = CATEGORIES.findIndex((one) => one.name === name);
      const inWeeks = rows.filter(({ week }) => weeks.includes(week % 52));
      return (
        inWeeks.filter(({ item }) => shop.items.category[item] === category).length / inWeeks.length
      );
    };
    const winter = [43, 44, 45, 46, 47];
    const summer = [17, 18, 19, 20, 21];
    expect(rate("winter coat", winter)).toBeGreaterThan(1.5 * rate("winter coat", summer));
    expect(rate("t-shirt", summer)).toBeGreaterThan(rate("t-shirt", winter));
  });

  test("weekends and evenings are busier, and so are the weeks before Christmas", () => {
    const share = (condition: (row: Row) => boolean): number =>
      rows.filter(condition).length / rows.length;
    const hour = ({ seconds }: Row): number => Math.floor(seconds / 3600) % 24;
    expect(
      share((row) => [0, 6].includes(new Date(row.seconds * 1000).getUTCDay())),
    ).toBeGreaterThan(0.29);
    expect(share((row) => hour(row) === 20)).toBeGreaterThan(4 * share((row) => hour(row) === 3));
    expect(share(({ week }) => week === 49)).toBeGreaterThan(
      1.4 * share(({ week }) => week === 38),
    );
  });

  test("new users and new items arrive all the time", () => {
    const firstHalf = rows.filter(({ week }) => week < WEEKS / 2);
    expect(new Set(firstHalf.map(({ user }) => user)).size).toBeLessThan(0.7 * shop.options.users);
    const newcomers = [...shop.items.arrivalWeek].filter((week) => week > WEEKS / 2);
    expect(newcomers.length).toBeGreaterThan(80);
  });

  test("Q18 Q19 interactions come from several sources, ever more of them from recommendations", () => {
    const recsysShare = (from: number): number => {
      const some = rows.filter(({ week }) => week >= from && week < from + 13);
      return some.filter(({ source }) => source === "recsys").length / some.length;
    };
    expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(SOURCES));
    expect(recsysShare(65)).toBeGreaterThan(2 * recsysShare(0));
  });

  test("Q19 recommendations cause interactions: a shown item is taken more than the same user's list of another week", () => {
    let shown = 0;
    let notShown = 0;
    for (let w = 60; w < WEEKS; w++) {
      const week = weekOf(shop.items, w);
      for (const { user, item } of rows.filter((row) => row.week === w)) {
        if (shownList(shop, week, user).includes(item)) shown++;
        // The list of a week that has not come is drawn alike, yet nobody has seen it.
        if (shownList(shop, { ...week, week: w + 1000 }, user).includes(item)) notShown++;
      }
    }
    expect(shown).toBeGreaterThan(1.3 * notShown);
  });
});

test("a shop depends on its seed, and its rows do not depend on the kind of rating", () => {
  const small = { users: 50, items: 30, interactions: 500 };
  const pairs = (options: Parameters<typeof generateShop>[0]): string =>
    rowsOf(generateShop({ ...small, ...options }))
      .map(({ user, item }) => `${user} ${item}`)
      .join();
  expect(pairs({ seed: 1 })).toBe(pairs({ seed: 1, ratings: "explicit" }));
  expect(pairs({ seed: 1 })).not.toBe(pairs({ seed: 2 }));
});
