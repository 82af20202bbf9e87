import type { ModelCard } from "../../model/model-file.ts";
import { type Blend, BRANCHES } from "../../model/settings.ts";
import { point, pointScale, rangeAxis, rangeRow } from "./charts/range-row.ts";
import { type Markup, markup, table } from "../../../page/index.ts";
import { columnPercent, decimals, exact, signed } from "./numbers.ts";
import { BRANCH_WORDS } from "./setting-words.ts";

/** How the blend was put together: each step that helped, what it changed, and what that added. */
export function blendTable(blends: ModelCard["blends"]): Markup {
  const [first] = blends;
  if (first === undefined) return markup``;
  const scale = pointScale(blends.map(({ ndcg }) => ndcg));
  const rows = blends.map(({ blend, ndcg }, step) => {
    const before = blends[step - 1];
    const isLast = step === blends.length - 1;
    const gain = before === undefined ? 0 : ndcg - before.ndcg;
    return markup`<tr class="${isLast ? "strong" : ""}"><td class="words">${
      before === undefined ? startWords(blend) : changeWords(before.blend, blend)
    }</td><td class="chart">${rangeRow(scale, [point(ndcg, isLast)])}</td><td>${exact(ndcg, decimals)}</td><td>${
      before === undefined ? "" : exact(gain, (value) => signed(value, decimals))
    }</td><td>${before === undefined || before.ndcg === 0 ? "" : signed(gain / before.ndcg, columnPercent)}</td></tr>`;
  });
  return markup`<h3>The blend, step by step</h3><p class="quiet">Beside the trained towers a score weighs popularity and counted branches.
 Each weight was tried in turn on validation rows; a step stands here only if it was clearly better than the one before.${unused(
   blends,
 )}</p>${table(["step", rangeAxis(scale), "NDCG@10", "added", "relative"], rows)}`;
}

function startWords({ popularityPrior }: Blend): string {
  return `Towers alone, popularity prior β ${popularityPrior}`;
}

/** What a step changed. */
function changeWords(from: Blend, to: Blend): string {
  const changes = [
    ...(from.popularityPrior === to.popularityPrior
      ? []
      : [`Popularity prior β ${from.popularityPrior} → ${to.popularityPrior}`]),
    ...BRANCHES.filter((branch) => from.branches[branch] !== to.branches[branch]).map(
      (branch) => `${BRANCH_WORDS[branch].name} ${from.branches[branch]} → ${to.branches[branch]}`,
    ),
  ];
  return changes.join(", ");
}

/** The branches that never helped. */
function unused(blends: ModelCard["blends"]): string {
  const { branches } = blends.at(-1)!.blend;
  const names = BRANCHES.filter((branch) => branches[branch] === 0).map((branch) =>
    BRANCH_WORDS[branch].name.toLowerCase(),
  );
  return names.length === 0
    ? ""
    : ` Left out, since they added nothing or the data have none: ${names.join(", ")}.`;
}
