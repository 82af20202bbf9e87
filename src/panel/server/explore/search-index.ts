import type { Entities } from "./entities.ts";

/** Finds entities by the start of their id or a part of their title, whatever the case. */
export interface SearchIndex {
  /**
   * The best `limit`: the id itself, ids that start so, titles that start so, titles with it; `weight` orders equals.
   * Without a text all are equal.
   */
  find(text: string, limit: number, weight: (index: number) => number): readonly number[];
}

/** Entities between two breaths: building an index of a million must not hold up other answers. */
const BREATH = 5000;
/** Matches that are put in order; of a text that more have, those of the first ids. */
const MOST = 100_000;

/** One text with a line for each, `id⇥title` in lower case: a search is a scan of it, a few milliseconds for 100,000. */
export async function buildSearchIndex(entities: Entities): Promise<SearchIndex> {
  const starts = new Uint32Array(entities.count + 1);
  const pieces: string[] = [];
  let lines: string[] = [];
  let length = 0;
  for (let index = 0; index < entities.count; index++) {
    if (index % BREATH === 0) {
      await new Promise(setImmediate);
      // A string for each of a million lines would take more than all of the text.
      pieces.push(lines.join(""));
      lines = [];
    }
    const title = entities.titleOf(index) ?? "";
    const line = `\n${plain(entities.idOf(index))}\t${plain(title)}`;
    starts[index] = length;
    length += line.length;
    lines.push(line);
  }
  starts[entities.count] = length;
  const text = [...pieces, ...lines].join("");
  return {
    find(wanted, limit, weight) {
      const needle = plain(wanted).trim();
      if (needle === "") return heaviest(entities.count, limit, weight);
      const found: { readonly index: number; readonly rank: number }[] = [];
      for (let at = text.indexOf(needle); at >= 0 && found.length < MOST;) {
        const index = lineAt(starts, at);
        const [start, end] = [starts[index]!, starts[index + 1]!];
        const rank = rankOf(text.slice(start, end), needle);
        if (rank !== undefined) found.push({ index, rank });
        at = text.indexOf(needle, end);
      }
      return found
        .sort((a, b) => a.rank - b.rank || weight(b.index) - weight(a.index) || a.index - b.index)
        .slice(0, limit)
        .map(({ index }) => index);
    },
  };
}

/** Those of the greatest weight, in one walk over all. */
function heaviest(
  count: number,
  limit: number,
  weight: (index: number) => number,
): readonly number[] {
  const best: number[] = [];
  for (let index = 0; index < count; index++) {
    if (best.length === limit && weight(index) <= weight(best.at(-1)!)) continue;
    const place = best.findIndex((other) => weight(other) < weight(index));
    best.splice(place < 0 ? best.length : place, 0, index);
    if (best.length > limit) best.pop();
  }
  return best;
}

/** How well a line answers; `undefined` when only the middle of its id has the text. */
function rankOf(line: string, needle: string): number | undefined {
  const tab = line.indexOf("\t");
  if (line.startsWith(needle, 1)) return tab === needle.length + 1 ? 0 : 1;
  if (line.startsWith(needle, tab + 1)) return 2;
  return line.includes(needle, tab + 1) ? 3 : undefined;
}

/** The line that a position lies in: the last that starts at or before it. */
function lineAt(starts: Uint32Array, at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle;
  }
  return low;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\n\t]/g, " ");
}
