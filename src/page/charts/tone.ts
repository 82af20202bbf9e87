import { type Markup, markup } from "../markup.ts";

/** How many colours there are; the last is the grey of what is left over. */
export const TONES = 7;

/** The class of a colour: 0 for what matters, `undefined` for what is only compared with. */
export function toneClass(tone: number | undefined): string {
  return tone === undefined ? "tone-other" : `tone-${Math.min(tone, TONES - 1)}`;
}

/** What the colours of a chart mean, for its caption. */
export function legend(
  series: readonly { readonly label: string; readonly tone: number | undefined }[],
): Markup {
  return markup`${series.map(
    ({ label, tone }) =>
      markup`<span class="legend"><i class="key ${toneClass(tone)}"></i>${label}</span>`,
  )}`;
}
