import { groups, labels, type PlainFigures, type PlainScope } from "./plain-figures.ts";
import type { PlainShop } from "./plain-shop.ts";

/** The KPIs of the impressions, recomputed one by one. */
export function impressionKpis(
  { rows, impressions = [] }: PlainShop,
  isIn: (item: number, category: string | undefined) => boolean,
  spanOf: (day: number, scope: PlainScope) => number,
): Record<string, (scope: PlainScope) => PlainFigures> {
  const hasTimes = rows.some(({ time }) => time !== undefined);
  const shown = impressions.map((impression) => ({
    ...impression,
    source: impression.source === "" ? "unattributed" : impression.source,
    day: hasTimes ? Math.floor(impression.time / 86_400) : 0,
    isFollowed: rows.some(
      ({ user, item, time }) =>
        user === impression.user &&
        item === impression.item &&
        time! >= impression.time &&
        time! <= impression.time + 24 * 3600,
    ),
  }));
  type Shown = (typeof shown)[number];
  const inScope = ({ from, to, source, category }: PlainScope): Shown[] =>
    shown.filter(
      (one) =>
        one.day >= from &&
        one.day <= to &&
        (source === undefined || one.source === source) &&
        isIn(one.item, category),
    );
  const rate =
    (name: string, isCounted: (one: Shown) => boolean) =>
    (scope: PlainScope): PlainFigures => {
      const of = inScope(scope);
      const figure = (some: readonly Shown[]): number | null =>
        some.length === 0 ? null : some.filter(isCounted).length / some.length;
      const parts = [...groups(of, ({ source }) => source)];
      return {
        value: figure(of),
        rows: of.length,
        series: labels(
          name,
          parts.map(([source, some]) => [source, figure(some)]),
        ),
      };
    };
  const sum = (some: readonly Shown[]): number =>
    some.reduce((total, { value = 0 }) => total + value, 0);
  return {
    "click-through": rate("click-through rate", ({ isFollowed }) => isFollowed),
    conversion: rate("conversion", ({ value = 0 }) => value > 0),
    revenue: (scope) => {
      const of = inScope(scope);
      const series = [...groups(of, ({ source }) => source)].map(
        ([source, some]) =>
          [
            source,
            new Map(
              [...groups(some, ({ day }) => spanOf(day, scope))].map(([span, one]) => [
                span,
                sum(one),
              ]),
            ),
          ] as const,
      );
      return { value: sum(of), rows: of.length, series: new Map(series) };
    },
  };
}
