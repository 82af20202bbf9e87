import type { Evaluation } from "../../../schema/index.ts";
import { type Markup, markup } from "../../../page/index.ts";
import { whole } from "./numbers.ts";
import { wanted } from "./verdict-words.ts";

/** What the words of the page mean. */
export function glossary(evaluation: Evaluation): Markup {
  const { definitions, counts } = evaluation;
  const terms = Object.entries(definitions).map(
    ([name, words]) => markup`<dt>${name}@k</dt><dd>${words}</dd>`,
  );
  return markup`<section><h2>What the words mean</h2><p class="quiet">A ranking metric is a mean over the ${whole(
    counts.evaluatedUsers,
  )} users with at least one relevant item; relevant are the ${whole(
    counts.relevant,
  )} held-out ${wanted(evaluation)}. Of each figure the exact value shows on hover; all of them stand in metrics.json and
 model.json.</p><dl>${terms}</dl></section>`;
}
