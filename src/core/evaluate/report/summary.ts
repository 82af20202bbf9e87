import type { Evaluation } from "../../../schema/index.ts";
import { type Markup, markup } from "./markup.ts";
import { percent, signed, whole } from "./numbers.ts";

/** The verdict and its reasons. */
export function verdict({ gate }: Evaluation): Markup {
  const reasons = gate.reasons.map((reason) => {
    const passed = reason.startsWith("passed");
    return markup`<li class="${passed ? "good" : "bad"}"><span>${reason.replace(/^\w+: /, "")}</span></li>`;
  });
  const said = gate.selected
    ? "The model may be served: it passed every condition."
    : "The model is not served: what was served before stays in place.";
  return markup`<section><h2>The gate: <span class="${gate.selected ? "good" : "bad"}">${
    gate.selected ? "selected" : "rejected"
  }</span></h2><p class="quiet">${said} The deciding metric is ${gate.metric}.</p><ul class="reasons">${reasons}</ul></section>`;
}

/** The figures that a manager asks for first. */
export function tiles(evaluation: Evaluation): Markup {
  const { scorers, calibration, gate, ks, counts } = evaluation;
  const model = scorers[0]!;
  const k = ks.includes(10) ? 10 : ks[0]!;
  const hits = model.metrics[`hitRate@${k}`];
  const coverage = model.lists[`coverage@${k}`];
  const best = strongestBaseline(evaluation);
  const all = calibration?.groups.all;
  return markup`<div class="tiles">${[
    ...(hits === undefined
      ? []
      : [
          tile(
            percent(hits.value),
            `of users find something they went on to choose among their first ${k}`,
          ),
        ]),
    ...(best === undefined
      ? []
      : [
          tile(
            signed(best.lead, percent),
            `${gate.metric} against ${best.name}, the best baseline`,
          ),
        ]),
    ...(coverage === undefined || coverage === null
      ? []
      : [tile(percent(coverage), `of the catalogue is recommended to somebody (first ${k})`)]),
    ...(all === undefined || all === null
      ? []
      : [
          tile(
            percent(all.predicted),
            `probability promised, ${percent(all.observed)} kept, over the novel top ${calibration?.k ?? 0}`,
          ),
        ]),
    tile(
      whole(counts.evaluatedUsers),
      `users measured, ${whole(counts.relevant)} held-out items to find`,
    ),
  ]}</div>`;
}

/** The baseline with the highest value of the gate's metric, and the model's relative lead over it. */
function strongestBaseline({ scorers, gate }: Evaluation) {
  const valueOf = (scorer: Evaluation["scorers"][number]) =>
    scorer.metrics[gate.metric]?.value ?? 0;
  const [best] = scorers
    .filter(({ role }) => role === "baseline")
    .sort((a, b) => valueOf(b) - valueOf(a));
  if (best === undefined || valueOf(best) === 0) return undefined;
  return { name: best.name, lead: valueOf(scorers[0]!) / valueOf(best) - 1 };
}

function tile(figure: string, words: string): Markup {
  return markup`<div class="tile"><b>${figure}</b><span>${words}</span></div>`;
}

/** What was measured on what. */
export function provenance({ part, split, counts }: Evaluation): string {
  const candidates = counts.candidates < counts.items ? `${whole(counts.candidates)} of ` : "";
  const items = `${candidates}${whole(counts.items)} items`;
  return `Measured on the ${part} rows of the split “${split}”: ${items} ranked in full for ${whole(
    counts.rankedUsers,
  )} users, without what they already had. Ranges are 95 % bootstrap intervals over users.`;
}
