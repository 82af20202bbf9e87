import { duration } from "../output/quantities.ts";
import { plainLine } from "./progress-line.ts";
import type { ProgressView, Screen } from "./progress-view.ts";
import { StepClock } from "../../recipe/index.ts";

/** Between two lines of one step. */
const QUIET_SECONDS = 5;

/** Lines for a log: each step's start and end, and now and then where it is. */
export function plainView(screen: Screen, now: () => number): ProgressView {
  const steps = new Map<string, { readonly clock: StepClock; saidAt: number }>();
  const say = (line: string): void => {
    screen.write(`${line}\n`);
  };
  return {
    note: say,
    started(step) {
      steps.set(step, { clock: new StepClock(step, now()), saidAt: now() });
      say(`${step}: started`);
    },
    progressed(step, progress) {
      const known = steps.get(step);
      if (known === undefined) return;
      known.clock.update(progress, now());
      if (now() - known.saidAt < QUIET_SECONDS) return;
      known.saidAt = now();
      say(plainLine(known.clock.read(now())));
    },
    ended(step, outcome) {
      const seconds = steps.get(step)?.clock.read(now()).seconds;
      steps.delete(step);
      say(`${step}: ${outcome}${seconds === undefined ? "" : ` after ${duration(seconds)}`}`);
    },
    close() {
      steps.clear();
    },
  };
}
