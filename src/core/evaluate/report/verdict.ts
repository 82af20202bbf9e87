import type { Evaluation } from "../../../schema/index.ts";
import { type Markup, markup, table } from "../../../page/index.ts";
import { decimals, exact, signed, whole } from "./numbers.ts";
import { gateLength, leadOver, standings } from "./standings.ts";
import { duel, headline } from "./verdict-words.ts";

/** The top of the page: the verdict in a sentence, the figures behind it, the gate's conditions. */
export function verdict(evaluation: Evaluation, execution: string): Markup {
  const { gate } = evaluation;
  const tone = gate.selected ? "good" : "bad";
  const reasons = gate.reasons.map((reason) => {
    const passed = reason.startsWith("passed");
    return markup`<li class="${passed ? "good" : "bad"}"><span>${reason.replace(/^\w+: /, "")}</span></li>`;
  });
  const then = gate.selected
    ? "It passed every condition of the gate."
    : "What was served before stays in place.";
  return markup`<header class="${tone}"><p class="kicker">Evaluation of ${execution}<span
 class="badge ${tone}">${gate.selected ? "selected" : "rejected"}</span></p><h1>${headline(evaluation)}</h1>${figures(
   evaluation,
 )}<p class="quiet">${then} The gate looks at ${gate.metric}.</p><ul class="reasons">${reasons}</ul><p
 class="quiet">${provenance(evaluation)}</p></header>`;
}

/** The headline in figures: what it counts, and what the gate looks at. */
function figures(evaluation: Evaluation): Markup {
  const { gate, counts } = evaluation;
  const compared = duel(evaluation);
  if (compared === undefined) return markup``;
  const metrics = [...new Set([compared.metric, gate.metric])];
  const rows = metrics.map((metric) => figuresRow(evaluation, compared.rival, metric));
  return markup`<div class="exact">${table(
    ["metric", "model", compared.rival, "difference", "95 % interval", "times as high"],
    rows,
  )}<p class="quiet note">Differences are paired over ${whole(counts.evaluatedUsers)} users; the range of the ratio holds ${compared.rival}'s
 value fixed. precision@${gateLength(evaluation)} counts the held-out items among the first ${gateLength(evaluation)}.</p></div>`;
}

function figuresRow(evaluation: Evaluation, rival: string, metric: string): Markup {
  const { model, bestBaseline } = standings(evaluation);
  const lead = leadOver(evaluation, rival, metric);
  const [mine, theirs] = [model.metrics[metric], bestBaseline?.metrics[metric]];
  if (lead === undefined || mine === undefined || theirs === undefined) return markup``;
  const ratio = (difference: number) => exact(1 + difference / theirs.value, twoPlaces);
  return markup`<tr><td>${metric}</td><td>${exact(mine.value, decimals)}</td><td>${exact(
    theirs.value,
    decimals,
  )}</td><td><b>${exact(lead.value, signedDecimals)}</b></td><td>${exact(lead.low, signedDecimals)} … ${exact(
    lead.high,
    signedDecimals,
  )}</td><td>${
    theirs.value === 0
      ? "–"
      : markup`<b>${ratio(lead.value)}</b> (${ratio(lead.low)} … ${ratio(lead.high)})`
  }</td></tr>`;
}

const signedDecimals = (value: number): string => signed(value, decimals);
const twoPlaces = (value: number): string => value.toFixed(2);

/** What was measured on what. */
function provenance({ part, split, counts }: Evaluation): string {
  const candidates = counts.candidates < counts.items ? `${whole(counts.candidates)} of ` : "";
  const items = `${candidates}${whole(counts.items)} items`;
  const users =
    counts.rankedUsers < counts.eligibleUsers
      ? `${whole(counts.rankedUsers)} users, drawn at random from ${whole(counts.eligibleUsers)}`
      : `${whole(counts.rankedUsers)} users`;
  return `Measured on the ${part} rows of the split “${split}”: ${items} ranked in full for ${users}, without what they already had.`;
}
