import type { Estimate, Evaluation } from "../../../schema/index.ts";
import { type Markup, markup } from "./markup.ts";
import { decimals, whole } from "./numbers.ts";

/** Every metric at every list length, of every scorer, with its interval. */
export function metricsTable({ scorers }: Evaluation): Markup {
  const names = Object.keys(scorers[0]!.metrics);
  const rows = names.map(
    (name) => markup`<tr><td>${name}</td>${scorers.map(({ metrics }) => cell(metrics[name]))}</tr>`,
  );
  return table(["metric", ...scorers.map(({ name }) => name)], rows);
}

/** The model's lead over every other scorer, at the list lengths asked for. */
export function differencesTable({ differences }: Evaluation, ks: readonly number[]): Markup {
  const names = Object.keys(differences[0]?.metrics ?? {}).filter((name) =>
    ks.some((k) => name.endsWith(`@${k}`)),
  );
  const rows = names.map(
    (name) =>
      markup`<tr><td>${name}</td>${differences.map(({ metrics }) => cell(metrics[name]))}</tr>`,
  );
  return table(["metric", ...differences.map(({ against }) => `model − ${against}`)], rows);
}

/** What the lists are like as a whole. */
export function listsTable({ scorers }: Evaluation): Markup {
  const names = Object.keys(scorers[0]!.lists);
  const rows = names.map((name) => {
    const values = scorers.map(({ lists }) => lists[name] ?? null);
    return markup`<tr><td>${name}</td>${values.map(
      (value) => markup`<td>${value === null ? "–" : decimals(value)}</td>`,
    )}</tr>`;
  });
  return table(["property", ...scorers.map(({ name }) => name)], rows);
}

/** One metric in every slice. */
export function slicesTable({ slices, scorers, gate }: Evaluation): Markup {
  const rows = slices.map(
    (slice) =>
      markup`<tr><td class="wide">${slice.name}<small>${slice.description}</small></td><td>${whole(
        slice.users,
      )}</td><td>${whole(slice.relevant)}</td>${slice.scorers.map(({ metrics }) => cell(metrics[gate.metric]))}</tr>`,
  );
  return table(["slice", "users", "relevant", ...scorers.map(({ name }) => name)], rows);
}

function table(head: readonly string[], rows: readonly Markup[]): Markup {
  return markup`<div class="scroll"><table><thead><tr>${head.map(
    (name) => markup`<th>${name}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function cell(estimate: Estimate | undefined): Markup {
  if (estimate === undefined) return markup`<td>–</td>`;
  const { value, low, high } = estimate;
  return markup`<td>${decimals(value)}<small>${decimals(low)} … ${decimals(high)}</small></td>`;
}
