import type { Evaluation, ScorerEvaluation } from "../../../schema/index.ts";
import { type Markup, markup, table } from "../../../page/index.ts";
import { exact, percent, times } from "./numbers.ts";
import { gateLength, standings } from "./standings.ts";
import { listsTable } from "./tables.ts";

/** Does the model only recommend what everybody has anyway? */
export function popularityBiasSection(evaluation: Evaluation): Markup {
  const k = gateLength(evaluation);
  const { order } = standings(evaluation);
  const rows = order.map(
    ({ name, role, lists }) =>
      markup`<tr class="${role === "model" ? "strong" : ""}"><td>${name}</td>${PROPERTIES.map(
        ({ property, format }) => {
          const value = lists[`${property}@${k}`] ?? null;
          return value === null ? markup`<td>–</td>` : markup`<td>${exact(value, format)}</td>`;
        },
      )}</tr>`,
  );
  return markup`<section><h2>Does it only recommend what is popular anyway?</h2><p>${sentences(evaluation).join(" ")}</p>${table(["scorer", ...PROPERTIES.map(({ head }) => head)], rows)}<p class="quiet note">Of the first ${k} places of every list. Coverage: share
 of the items that stand in at least one list. Gini: 0 where all items are shown equally often, near 1 where a few take all places.
 Novelty: each bit halves the users who have the item. Diversity: how different the items of one list are in their
 features.</p><details><summary>At every length</summary>${listsTable(evaluation)}</details></section>`;
}

const PROPERTIES = [
  { property: "coverage", head: "coverage", format: percent },
  { property: "gini", head: "Gini", format: (value: number) => value.toFixed(3) },
  { property: "novelty", head: "novelty, bits", format: (value: number) => value.toFixed(2) },
  { property: "diversity", head: "diversity", format: (value: number) => value.toFixed(3) },
] as const;

/** Coverage, concentration and novelty against the best baseline, in words. */
function sentences(evaluation: Evaluation): readonly string[] {
  const k = gateLength(evaluation);
  const { model, bestBaseline } = standings(evaluation);
  const of = (scorer: ScorerEvaluation | undefined, property: string) =>
    scorer?.lists[`${property}@${k}`] ?? undefined;
  const mine = {
    coverage: of(model, "coverage"),
    gini: of(model, "gini"),
    novelty: of(model, "novelty"),
  };
  const name = bestBaseline?.name ?? "";
  const theirs = {
    coverage: of(bestBaseline, "coverage"),
    gini: of(bestBaseline, "gini"),
    novelty: of(bestBaseline, "novelty"),
  };
  return [
    ...(mine.coverage === undefined
      ? []
      : [
          `Its lists together show ${percent(mine.coverage)} of the catalogue${
            theirs.coverage === undefined ? "" : `, ${name}'s ${percent(theirs.coverage)}`
          }.`,
        ]),
    ...(mine.gini === undefined || theirs.gini === undefined
      ? []
      : [
          `It ${spread(mine.gini - theirs.gini)} ${name} (Gini ${mine.gini.toFixed(2)} against ${theirs.gini.toFixed(2)}).`,
        ]),
    ...(mine.novelty === undefined || theirs.novelty === undefined
      ? []
      : [rarer(mine.novelty - theirs.novelty, name)]),
  ];
}

/** Differences below this are not worth a word. */
const SAME_GINI = 0.02;
const SAME_BITS = 0.1;

function spread(difference: number): string {
  if (Math.abs(difference) < SAME_GINI)
    return "spreads its places over the items about as evenly as";
  return difference < 0
    ? "spreads its places over the items more evenly than"
    : "gives more of its places to few items than";
}

function rarer(bits: number, name: string): string {
  if (Math.abs(bits) < SAME_BITS)
    return `What it recommends is about as widely known as what ${name} does.`;
  const factor = times(2 ** Math.abs(bits));
  return bits > 0
    ? `What it recommends is had by fewer users: ${factor} rarer than what ${name} recommends, in the geometric mean.`
    : `What it recommends is had by more users: ${factor} as common as what ${name} recommends, in the geometric mean.`;
}
