import type { Estimate, Evaluation } from "../../../schema/index.ts";
import { type Markup, markup, table } from "../../../page/index.ts";
import { decimals, signed } from "./numbers.ts";
import { type Relation, relationOf } from "./standings.ts";

/** An estimate in a table: the value, its interval below it, the exact figures on hover. */
export function estimateCell(
  estimate: Estimate | undefined,
  { format = decimals, below = markup`` }: EstimateLook = {},
): Markup {
  if (estimate === undefined) return markup`<td>–</td>`;
  const { value, low, high } = estimate;
  return markup`<td title="${value}, ${low} … ${high}">${format(value)}<small>${format(low)} … ${format(
    high,
  )}</small>${below}</td>`;
}

interface EstimateLook {
  readonly format?: (value: number) => string;
  /** What stands under the figures. */
  readonly below?: Markup;
}

/** The model's lead in a table, with its sign. */
function differenceCell(difference: Estimate | undefined): Markup {
  return estimateCell(difference, { format: (value) => signed(value, decimals) });
}

/** The same, and what it means. */
export function leadCell(difference: Estimate | undefined): Markup {
  if (difference === undefined) return markup`<td></td>`;
  const relation = relationOf(difference);
  return estimateCell(difference, {
    format: (value) => signed(value, decimals),
    below: markup`<small class="relation ${relation}">${RELATIONS[relation]}</small>`,
  });
}

const RELATIONS: Readonly<Record<Relation, string>> = {
  ahead: "model ahead",
  level: "within chance",
  behind: "model behind",
};

/** Every metric at every list length, of every scorer, with its interval. */
export function metricsTable({ scorers }: Evaluation): Markup {
  const names = Object.keys(scorers[0]!.metrics);
  const rows = names.map(
    (name) =>
      markup`<tr><td>${name}</td>${scorers.map(({ metrics }) => estimateCell(metrics[name]))}</tr>`,
  );
  return table(["metric", ...scorers.map(({ name }) => name)], rows);
}

/** The model's lead over every other scorer. */
export function differencesTable({ differences }: Evaluation): Markup {
  const names = Object.keys(differences[0]?.metrics ?? {});
  const rows = names.map(
    (name) =>
      markup`<tr><td>${name}</td>${differences.map(({ metrics }) => differenceCell(metrics[name]))}</tr>`,
  );
  return table(["model minus", ...differences.map(({ against }) => against)], rows);
}

/** What the lists are like as a whole, at every length. */
export function listsTable({ scorers }: Evaluation): Markup {
  const names = Object.keys(scorers[0]!.lists);
  const rows = names.map((name) => {
    const values = scorers.map(({ lists }) => lists[name] ?? null);
    return markup`<tr><td>${name}</td>${values.map((value) =>
      value === null ? markup`<td>–</td>` : markup`<td title="${value}">${decimals(value)}</td>`,
    )}</tr>`;
  });
  return table(["property", ...scorers.map(({ name }) => name)], rows);
}
