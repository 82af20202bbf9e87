/**
 * Draws how time and memory grow, both axes logarithmic: `node bench/growth-chart.ts FOLDER/growth.json OUT.svg`.
 */
import { readFileSync, writeFileSync } from "node:fs";

import type { GrowthSize } from "./growth.ts";

interface Series {
  readonly label: string;
  readonly colour: string;
  readonly values: readonly number[];
}

const [WIDTH, HEIGHT] = [760, 300];
const PANEL = { width: 270, top: 44, bottom: 44, left: 54 };

const [source, target] = process.argv.slice(2);
if (source === undefined || target === undefined) throw new Error("name growth.json and the chart");
const sizes = JSON.parse(readFileSync(source, "utf8")) as readonly GrowthSize[];
const stepNamed = (size: GrowthSize, name: string) =>
  size.steps.find(({ step }) => step === name) ?? { seconds: 0, peakRssBytes: 0 };
const names = ["Collect", "Train", "Evaluate", "Refit", "Transform"] as const;
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9"];
const series = (of: (size: GrowthSize, name: string) => number): readonly Series[] =>
  names.map((label, n) => ({
    label,
    colour: colours[n]!,
    values: sizes.map((size) => of(size, label)),
  }));
const total: Series = {
  label: "all",
  colour: "#222222",
  values: sizes.map(({ steps }) => steps.reduce((sum, { seconds }) => sum + seconds, 0) / 60),
};
const minutes = series((size, name) => stepNamed(size, name).seconds / 60);
const gigabytes = series((size, name) => stepNamed(size, name).peakRssBytes / 1e9);
writeFileSync(
  target,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${panel("Minutes", [total, ...minutes], 0)}
${panel("Peak memory, GB", gigabytes, WIDTH / 2)}
</svg>
`,
);

/** One chart, its left edge at x. */
function panel(title: string, lines: readonly Series[], left: number): string {
  const values = lines.flatMap((line) => line.values).filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  const [first, last] = [sizes[0]!.millions, sizes.at(-1)!.millions];
  const x = (millions: number) =>
    left + PANEL.left + (Math.log(millions / first) / Math.log(last / first)) * PANEL.width * 0.72;
  const y = (value: number) =>
    HEIGHT -
    PANEL.bottom -
    ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) *
      (HEIGHT - PANEL.top - PANEL.bottom);
  const right = x(last);
  const ticks = Array.from({ length: high - low + 1 }, (_, n) => 10 ** (low + n));
  const ends = apart(lines.map((line) => y(line.values.at(-1)!)));
  return [
    `<text x="${left + PANEL.left}" y="24" font-weight="bold" font-size="14">${title}</text>`,
    ...ticks.map(
      (tick) =>
        `<line x1="${x(first)}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#dddddd"/>` +
        `<text x="${x(first) - 8}" y="${y(tick) + 4}" text-anchor="end" fill="#555555">${Number(tick.toPrecision(1))}</text>`,
    ),
    ...sizes.map(
      ({ millions }) =>
        `<text x="${x(millions)}" y="${HEIGHT - PANEL.bottom + 18}" text-anchor="middle" fill="#555555">${millions} M</text>`,
    ),
    `<text x="${(x(first) + right) / 2}" y="${HEIGHT - 8}" text-anchor="middle" fill="#555555">interactions</text>`,
    ...lines.map((line, n) => {
      const points = line.values.map((value, s) => `${x(sizes[s]!.millions)},${y(value)}`);
      return (
        `<polyline points="${points.join(" ")}" fill="none" stroke="${line.colour}" stroke-width="2"/>` +
        `<text x="${right + 8}" y="${ends[n]! + 4}" fill="${line.colour}">${line.label}</text>`
      );
    }),
  ].join("\n");
}

/** Heights moved down until labels do not overlap. */
function apart(heights: readonly number[]): readonly number[] {
  const order = [...heights.keys()].sort((a, b) => heights[a]! - heights[b]!);
  const moved = [...heights];
  let free = -Infinity;
  for (const n of order) {
    moved[n] = Math.max(moved[n]!, free);
    free = moved[n] + 14;
  }
  return moved;
}
