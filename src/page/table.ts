import { type Markup, markup } from "./markup.ts";

/** A table that scrolls by itself where it is wider than the page. */
export function table(
  head: readonly (string | Markup)[],
  rows: readonly Markup[],
  look: "figures" | "words" | "last-optional" = "figures",
): Markup {
  return markup`<div class="scroll"><table class="${look}"><thead><tr>${head.map(
    (name) => markup`<th>${name}</th>`,
  )}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
