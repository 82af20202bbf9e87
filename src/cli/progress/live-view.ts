import { styleText } from "node:util";

import { duration } from "../output/quantities.ts";
import { barLine } from "./progress-line.ts";
import type { ProgressView, Screen } from "./progress-view.ts";
import { StepClock } from "../../recipe/index.ts";

/** Between two drawings. */
const FRAME_MILLISECONDS = 100;
const STEP_WIDTH = 16;

/**
 * A bar for every running step, redrawn in place below the lines that stay.
 *
 * Only lines of this view are ever erased: it moves up as many lines as it drew, and each is cut to
 * the width of the terminal so that none wraps.
 */
export function liveView(screen: Screen, now: () => number): ProgressView {
  const steps = new Map<string, StepClock>();
  let drawn = 0;

  const erase = (): void => {
    if (drawn > 0) screen.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = (): void => {
    erase();
    const width = screen.columns ?? 80;
    for (const clock of steps.values()) {
      screen.write(`${barLine(clock.read(now()), STEP_WIDTH).slice(0, width - 1)}\n`);
      drawn++;
    }
  };
  const stay = (line: string): void => {
    erase();
    screen.write(`${line}\n`);
    draw();
  };
  const timer = setInterval(draw, FRAME_MILLISECONDS);
  timer.unref();

  return {
    note: stay,
    started(step) {
      steps.set(step, new StepClock(step, now()));
      draw();
    },
    progressed(step, progress) {
      steps.get(step)?.update(progress, now());
    },
    ended(step, outcome) {
      const seconds = steps.get(step)?.read(now()).seconds ?? 0;
      steps.delete(step);
      const mark = outcome === "done" ? styleText("green", "✔") : styleText("red", "✖");
      stay(`${mark} ${step.padEnd(STEP_WIDTH)}${outcome}  ${duration(seconds)}`);
    },
    close() {
      clearInterval(timer);
      steps.clear();
      erase();
    },
  };
}
