import type { Evaluation } from "../../../schema/index.ts";
import { type Markup, markup } from "../../../page/index.ts";
import { exact, percent, whole } from "./numbers.ts";
import { choice } from "./verdict-words.ts";
import { gateLength, standings } from "./standings.ts";

/** The figures that a manager asks for first. */
export function tiles(evaluation: Evaluation): Markup {
  const { calibration, counts } = evaluation;
  const { model, bestBaseline } = standings(evaluation);
  const k = gateLength(evaluation);
  const name = `hitRate@${k}`;
  const hits = model.metrics[name];
  const theirs = bestBaseline?.metrics[name];
  const coverage = model.lists[`coverage@${k}`] ?? null;
  const all = calibration?.groups.all ?? null;
  return markup`<div class="tiles">${[
    ...(hits === undefined
      ? []
      : [
          tile(
            exact(hits.value, percent),
            `of users find something they ${choice(evaluation)} among their first ${k}${
              theirs === undefined ? "" : `; ${percent(theirs.value)} with ${bestBaseline!.name}`
            }`,
          ),
        ]),
    ...(coverage === null
      ? []
      : [
          tile(
            exact(coverage, percent),
            `of the catalogue is recommended to somebody (first ${k})`,
          ),
        ]),
    ...(all === null
      ? []
      : [
          tile(
            exact(all.predicted, percent),
            `probability promised over the novel top ${calibration!.k}, ${percent(all.observed)} came true`,
          ),
        ]),
    tile(
      exact(counts.evaluatedUsers, whole),
      `users measured, with ${whole(counts.relevant)} held-out items to find`,
    ),
  ]}</div>`;
}

function tile(figure: Markup, words: string): Markup {
  return markup`<div class="tile"><b>${figure}</b><span>${words}</span></div>`;
}
