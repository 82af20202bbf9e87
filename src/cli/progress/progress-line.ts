import { duration, rough } from "../output/quantities.ts";
import type { StepProgress } from "../../recipe/index.ts";

const BAR_WIDTH = 24;

/** A step as one line with a bar: `Train  ━━━━━━────  52 %  epoch 3  loss 4.812  1.2 M rows/s  12 s left`. */
export function barLine(progress: StepProgress, stepWidth: number): string {
  const { share } = progress;
  const filled = Math.round((share ?? 0) * BAR_WIDTH);
  const bar = "━".repeat(filled) + "─".repeat(BAR_WIDTH - filled);
  const percent = share === undefined ? "    " : `${percentOf(share).padStart(3)}%`;
  return [progress.step.padEnd(stepWidth), bar, percent, ...details(progress)].join("  ");
}

/** A step as a line for a log: `Train: fit, 52%, epoch 3, loss 4.812, 1.2 M rows/s, 12 s left`. */
export function plainLine(progress: StepProgress): string {
  const { share } = progress;
  const parts = [
    ...(share === undefined ? [] : [`${percentOf(share)}%`]),
    ...details(progress).slice(1),
  ];
  return `${progress.step}: ${[progress.latest?.activity ?? "working", ...parts].join(", ")}`;
}

function details({ latest, rate, secondsLeft, seconds }: StepProgress): string[] {
  if (latest === undefined) return [duration(seconds)];
  const figures = Object.entries(latest.figures ?? {}).map(
    ([name, value]) => `${name} ${figure(value)}`,
  );
  return [
    latest.activity,
    ...figures,
    ...(rate === undefined || latest.unit === undefined ? [] : [`${rough(rate)} ${latest.unit}/s`]),
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
  ];
}

function figure(value: number): string {
  if (Number.isInteger(value)) return value.toString();
  return Math.abs(value) >= 1 ? value.toFixed(3) : value.toPrecision(3);
}

/** Never 100 before the end. */
function percentOf(share: number): string {
  return Math.floor(share * 100).toString();
}
