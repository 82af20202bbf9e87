import { TONES } from "../page/index.ts";
import type { KpiSeries } from "../schema/index.ts";

/** A source, or several, in a chart: its colour, and its value by the name of a place. */
export interface TonedSource {
  readonly label: string;
  readonly tone: number;
  readonly points: ReadonlyMap<string, number>;
}

const RECSYS = "recsys";
const UNATTRIBUTED = "unattributed";
const LAST = TONES - 1;

/**
 * The sources of a chart with their colours, the same on the whole page: the recommender has the first, what is
 * unattributed the grey, and beyond the colours that there are the rest is summed up in grey.
 */
export function sourceTones(
  series: readonly KpiSeries[],
  sources: readonly string[],
): readonly TonedSource[] {
  const named = sources.filter((name) => name !== RECSYS && name !== UNATTRIBUTED);
  const toneOf = (name: string): number => {
    if (name === RECSYS) return 0;
    const place = named.indexOf(name);
    return place < 0 ? LAST : Math.min(place + 1, LAST);
  };
  const toned = series.map(({ name, points }) => ({
    label: name,
    tone: toneOf(name),
    points: new Map(
      points.map((point) => ["day" in point ? point.day : point.label, point.value ?? 0]),
    ),
  }));
  const grey = toned.filter(({ tone }) => tone === LAST);
  const coloured = toned.filter(({ tone }) => tone < LAST).sort((a, b) => a.tone - b.tone);
  return grey.length === 0 ? coloured : [...coloured, together(grey)];
}

function together(sources: readonly TonedSource[]): TonedSource {
  const [first] = sources;
  if (sources.length === 1) return first!;
  const sums = new Map<string, number>();
  for (const { points } of sources) {
    for (const [place, value] of points) sums.set(place, (sums.get(place) ?? 0) + value);
  }
  const isAllNamed = sources.every(({ label }) => label !== UNATTRIBUTED);
  return {
    label: isAllNamed ? "other sources" : "others and unattributed",
    tone: LAST,
    points: sums,
  };
}
