import { type Markup, markup } from "./markup.ts";

/** A chart under its caption. */
export function figure(
  caption: string | Markup,
  chart: Markup,
  width: "wide" | "narrow" = "wide",
): Markup {
  return markup`<figure class="${width}"><figcaption>${caption}</figcaption>${chart}</figure>`;
}
