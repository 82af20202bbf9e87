import { groups, labels, type Names, type PlainFigures, type PlainScope } from "./plain-figures.ts";
import { impressionKpis } from "./plain-impressions.ts";
import type { PlainItem, PlainRow, PlainShop } from "./plain-shop.ts";

interface Fact extends PlainRow {
  readonly day: number;
  readonly from: string;
  readonly isRepeat: boolean;
  readonly isNew: boolean;
}

/** All KPIs of a shop, recomputed from its rows. */
export function plainKpis(
  shop: PlainShop,
  /** The first day of the span of a day in a range. */
  spanOf: (day: number, scope: PlainScope) => number,
  /** An item's categories, none if it is in "other". */
  namesOf: (item: PlainItem) => readonly string[] = ({ genres }) => genres,
): Readonly<Record<string, (scope: PlainScope) => PlainFigures>> {
  const facts = factsOf(shop);
  const categoriesOf = new Map(
    shop.items.map((item) => [item.id, namesOf(item).length === 0 ? ["other"] : namesOf(item)]),
  );
  const lastDay = Math.max(...facts.map(({ day }) => day), ...shownDays(shop));
  const catalogue = (category: string | undefined): number =>
    shop.items.filter(
      ({ id }) => category === undefined || categoriesOf.get(id)!.includes(category),
    ).length;
  const isIn = (item: number, category: string | undefined): boolean =>
    category === undefined || (categoriesOf.get(item)?.includes(category) ?? false);
  const inScope = ({ from, to, source, category }: PlainScope): Fact[] =>
    facts.filter(
      (fact) =>
        fact.day >= from &&
        fact.day <= to &&
        (source === undefined || fact.from === source) &&
        isIn(fact.item, category),
    );
  const anySource = (scope: PlainScope): PlainScope => ({ ...scope, source: undefined });
  const recsys = (rows: readonly Fact[]): Fact[] => rows.filter(({ from }) => from === "recsys");
  const others = (rows: readonly Fact[]): Fact[] => rows.filter(({ from }) => from !== "recsys");
  const users = (rows: readonly Fact[]): number => new Set(rows.map(({ user }) => user)).size;
  const items = (rows: readonly Fact[]): number => new Set(rows.map(({ item }) => item)).size;
  const bySpan = (
    rows: readonly Fact[],
    scope: PlainScope,
    figure: (rows: readonly Fact[]) => number | null,
  ): Map<number, number | null> =>
    new Map(
      [...groups(rows, ({ day }) => spanOf(day, scope))].map(([span, of]) => [span, figure(of)]),
    );
  const bySource = (rows: readonly Fact[]): Map<string, Fact[]> => groups(rows, ({ from }) => from);
  const title = (item: number): string => shop.items.find(({ id }) => id === item)!.title;
  const hasRecsys =
    facts.some(({ from }) => from === "recsys") || shownSources(shop).includes("recsys");
  /** Recsys against the others, or the one source that was asked about. */
  const compared = (scope: PlainScope): [string, Fact[]][] => {
    const rows = inScope(scope);
    if (scope.source !== undefined) return [[scope.source, rows]];
    if (!hasRecsys) return [["all", rows]];
    return [
      ["recsys", recsys(rows)],
      ["others", others(rows)],
    ];
  };
  const lines = (
    parts: readonly [string, readonly Fact[]][],
    scope: PlainScope,
    figure: (rows: readonly Fact[]) => number | null,
  ): Names =>
    new Map(
      parts
        .filter(([, rows]) => rows.length > 0)
        .map(([name, rows]) => [name, bySpan(rows, scope, figure)]),
    );
  const length = (rows: readonly Fact[]): number => rows.length;
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

  const distinctBy =
    (count: (rows: readonly Fact[]) => number, all: string) =>
    (scope: PlainScope): PlainFigures => {
      const rows = inScope(anySource(scope));
      return {
        value: count(recsys(rows)),
        rows: recsys(rows).length,
        series: lines(
          [
            ["reached by recommendations", recsys(rows)],
            [all, rows],
          ],
          scope,
          count,
        ),
      };
    };
  const ratio =
    (isCounted: (fact: Fact) => boolean) =>
    (scope: PlainScope): PlainFigures => {
      const rows = inScope(scope);
      const figure = (of: readonly Fact[]): number | null =>
        share(of.filter(isCounted).length, of.length);
      return {
        value: figure(rows),
        rows: rows.length,
        series: lines(compared(scope), scope, figure),
      };
    };
  const gini = (rows: readonly Fact[], category: string | undefined): number | null => {
    const counts = shop.items
      .filter(({ id }) => isIn(id, category))
      .map(({ id }) => rows.filter(({ item }) => item === id).length);
    // Half of the relative mean absolute difference: the other definition of the same.
    const sum = counts.reduce((total, count) => total + count, 0);
    if (sum === 0) return null;
    let differences = 0;
    for (const a of counts) for (const b of counts) differences += Math.abs(a - b);
    return differences / (2 * counts.length * sum);
  };
  const itemCounts = (rows: readonly Fact[]): [number, number][] =>
    [...groups(rows, ({ item }) => item)].map(([item, of]) => [item, of.length]);

  return {
    interactions: (scope) => {
      const rows = inScope(scope);
      return {
        value: rows.length,
        rows: rows.length,
        series: lines([...bySource(rows)], scope, length),
      };
    },
    "source-shares": (scope) => {
      const rows = inScope(anySource(scope));
      const all = bySpan(rows, scope, length);
      const parts = [...bySource(rows)].map(([name, of]) => {
        const counts = [...bySpan(of, scope, length)];
        return [name, new Map(counts.map(([span, n]) => [span, n! / all.get(span)!]))] as const;
      });
      const known = rows.filter(({ from }) => from !== "unattributed").length;
      return { value: share(known, rows.length), rows: rows.length, series: new Map(parts) };
    },
    "recsys-share": (scope) => {
      const rows = inScope(anySource(scope));
      const figure = (of: readonly Fact[]): number | null => share(recsys(of).length, of.length);
      return {
        value: figure(rows),
        rows: rows.length,
        series: lines([["recsys", rows]], scope, figure),
      };
    },
    "active-users": (scope) => {
      const rows = inScope(scope);
      return {
        value: users(rows),
        rows: rows.length,
        series: lines([[scope.source ?? "all", rows]], scope, users),
      };
    },
    "users-reached": distinctBy(users, "all active users"),
    "items-reached": distinctBy(items, "all active items"),
    "interactions-per-user": (scope) => {
      const rows = inScope(scope);
      const figure = (of: readonly Fact[]): number | null => share(of.length, users(of));
      return {
        value: figure(rows),
        rows: rows.length,
        series: lines([[scope.source ?? "all", rows]], scope, figure),
      };
    },
    "time-to-recsys": ({ from, to, category }) => {
      const ever = facts.filter(({ item }) => isIn(item, category));
      const waits = [...groups(ever, ({ user }) => user).values()].flatMap((rows) => {
        const first = Math.min(...recsys(rows).map(({ day }) => day));
        if (!(first >= from && first <= to)) return [];
        return [first - Math.min(...rows.map(({ day }) => day))];
      });
      waits.sort((a, b) => a - b);
      const within = (least: number, most: number): number =>
        waits.filter((days) => days >= least && days <= most).length;
      return {
        value: waits[Math.ceil(waits.length / 2) - 1] ?? null,
        rows: waits.length,
        series: new Map([
          [
            "users",
            new Map([
              ["same day", within(0, 0)],
              ["1 to 7 days", within(1, 7)],
              ["8 to 30 days", within(8, 30)],
              ["31 to 90 days", within(31, 90)],
              ["more than 90 days", within(91, Infinity)],
            ]),
          ],
        ]),
      };
    },
    "catalogue-coverage": (scope) => {
      const rows = inScope(anySource(scope));
      const figure = (of: readonly Fact[]): number | null =>
        share(items(of), catalogue(scope.category));
      return {
        value: figure(recsys(rows)),
        rows: recsys(rows).length,
        series: labels("share of the catalogue", [
          ["others", figure(others(rows))],
          ...(hasRecsys ? [["recsys", figure(recsys(rows))] as const] : []),
        ]),
      };
    },
    concentration: (scope) => {
      const rows = inScope(anySource(scope));
      return {
        value: gini(recsys(rows), scope.category),
        rows: recsys(rows).length,
        series: labels("Gini coefficient", [
          ["others", gini(others(rows), scope.category)],
          ...(hasRecsys ? [["recsys", gini(recsys(rows), scope.category)] as const] : []),
        ]),
      };
    },
    "new-items": ratio(({ isNew }) => isNew),
    "repeat-rate": ratio(({ isRepeat }) => isRepeat),
    "mean-rating": (scope) => {
      const rows = inScope(scope);
      const figure = (of: readonly Fact[]): number | null =>
        share(
          of.reduce((sum, { rating }) => sum + rating, 0),
          of.length,
        );
      return {
        value: figure(rows),
        rows: rows.length,
        series: labels(
          "mean rating",
          [...bySource(rows)].map(([name, of]) => [name, figure(of)]),
        ),
      };
    },
    retention: ({ from, to }) => {
      const weekOf = (day: number): number => Math.floor((day - 4) / 7); // day 4 was a Monday
      const monday = (week: number): number => 7 * week + 4;
      const weeks = groups(facts, ({ day }) => weekOf(day));
      const series = new Map<string, Map<number | string, number | null>>();
      let [returned, active, rows] = [0, 0, 0];
      for (const [week, of] of [...weeks].sort(([a], [b]) => a - b)) {
        if (monday(week) < from || monday(week) + 6 > to || monday(week) + 13 > lastDay) continue;
        rows += of.length;
        const next = new Set(weeks.get(week + 1)?.map(({ user }) => user));
        const followers = new Set(recsys(of).map(({ user }) => user));
        const rest = new Set(of.map(({ user }) => user).filter((user) => !followers.has(user)));
        for (const [name, group] of [
          ["followed a recommendation", followers],
          ["followed none", rest],
        ] as const) {
          if (group.size === 0) continue;
          const back = [...group].filter((user) => next.has(user)).length;
          const points = series.get(name) ?? new Map<number | string, number | null>();
          series.set(name, points.set(monday(week), back / group.size));
          if (group === followers) [returned, active] = [returned + back, active + group.size];
        }
      }
      return { value: share(returned, active), rows, series };
    },
    "top-items": (scope) => {
      const rows = inScope(scope);
      const top = itemCounts(rows)
        .sort(([a, m], [b, n]) => n - m || a - b)
        .slice(0, 10);
      const shown = rows.filter(({ item }) => top.some(([one]) => one === item));
      const series = [...bySource(shown)].map(
        ([name, of]) =>
          [
            name,
            new Map(
              top.map(([item]) => [title(item), of.filter((row) => row.item === item).length]),
            ),
          ] as const,
      );
      return {
        value: share(shown.length, rows.length),
        rows: rows.length,
        series: new Map(series),
      };
    },
    movers: (scope) => {
      const now = inScope(scope);
      const before = inScope({ ...scope, from: 2 * scope.from - scope.to - 1, to: scope.from - 1 });
      const changes = shop.items.map(({ id }): [number, number] => [
        id,
        now.filter(({ item }) => item === id).length -
          before.filter(({ item }) => item === id).length,
      ]);
      const risers = changes.filter(([, change]) => change > 0);
      const fallers = changes.filter(([, change]) => change < 0);
      const shown = [
        ...risers.sort(([a, m], [b, n]) => n - m || a - b).slice(0, 10),
        ...fallers.sort(([a, m], [b, n]) => m - n || a - b).slice(0, 10),
      ];
      return {
        value: risers.length,
        rows: now.length + before.length,
        series: labels(
          "change",
          shown.map(([item, change]) => [title(item), change]),
        ),
      };
    },
    "week-over-week": (scope) => {
      const week = { ...anySource(scope), from: scope.to - 6 };
      const now = inScope(week);
      const before = inScope({ ...week, from: week.from - 7, to: week.to - 7 });
      const change = (figure: (rows: readonly Fact[]) => number): number | null =>
        figure(before) === 0 ? null : figure(now) / figure(before) - 1;
      return {
        value: change(length),
        rows: now.length + before.length,
        series: labels("change", [
          ["interactions", change(length)],
          ["interactions through recommendations", change((rows) => recsys(rows).length)],
          ["active users", change(users)],
          ["users reached by recommendations", change((rows) => users(recsys(rows)))],
          ["items with interactions", change(items)],
          ["items reached by recommendations", change((rows) => items(recsys(rows)))],
          [
            "interactions with new items",
            change((rows) => rows.filter(({ isNew }) => isNew).length),
          ],
          [
            "repeated interactions",
            change((rows) => rows.filter(({ isRepeat }) => isRepeat).length),
          ],
        ]),
      };
    },
    ...impressionKpis(shop, isIn, spanOf),
  };
}

function factsOf({ rows }: PlainShop): Fact[] {
  const dayOf = ({ time }: PlainRow): number =>
    time === undefined ? 0 : Math.floor(time / 86_400);
  const seen = new Set<string>();
  // A stable sort: rows of one time stay in the order of the file.
  const ordered = rows.toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0));
  return ordered.map((row) => {
    const pair = `${row.user} ${row.item}`;
    const isRepeat = seen.has(pair);
    seen.add(pair);
    const first = Math.min(...rows.filter(({ item }) => item === row.item).map(dayOf));
    const day = dayOf(row);
    return { ...row, day, from: row.source ?? "unattributed", isRepeat, isNew: day - first <= 30 };
  });
}

function shownDays({ impressions = [] }: PlainShop): number[] {
  return impressions.map(({ time }) => Math.floor(time / 86_400));
}

function shownSources({ impressions = [] }: PlainShop): string[] {
  return impressions.map(({ source }) => source);
}
