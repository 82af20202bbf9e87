import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

import type { ExecutionSummary, StateProgress, StateStanding } from "../../../schema/index.ts";
import { figure, whole } from "../format/numbers.ts";
import { duration } from "../format/time.tsx";

interface Words {
  readonly type: StatusIndicatorProps.Type;
  readonly text: string;
}

/** A state's status as it is shown. */
export const STATE_WORDS: Readonly<Record<StateStanding["status"], Words>> = {
  pending: { type: "pending", text: "Pending" },
  running: { type: "in-progress", text: "Running" },
  succeeded: { type: "success", text: "Succeeded" },
  failed: { type: "error", text: "Failed" },
  overruled: { type: "warning", text: "Rejected, then promoted" },
  stopped: { type: "stopped", text: "Stopped" },
  skipped: { type: "not-started", text: "Not taken" },
};

const EXECUTION_WORDS: Readonly<Record<ExecutionSummary["status"], Words>> = {
  running: { type: "in-progress", text: "Running" },
  interrupted: { type: "warning", text: "Interrupted" },
  succeeded: { type: "success", text: "Succeeded" },
  failed: { type: "error", text: "Failed" },
  aborted: { type: "stopped", text: "Stopped" },
};

/** An execution's status as it is shown; a rejected model is no failure of the machine. */
export function executionWords({
  status,
  rejected,
}: Pick<ExecutionSummary, "status" | "rejected">): Words {
  return rejected ? { type: "warning", text: "Model rejected" } : EXECUTION_WORDS[status];
}

/** How long a state took, all attempts together; `undefined` before its first has ended. */
export function secondsOf({ attempts }: StateStanding): number | undefined {
  const ended = attempts.filter(({ endedAt }) => endedAt !== null);
  if (ended.length === 0) return undefined;
  return ended.reduce(
    (sum, { enteredAt, endedAt }) => sum + (Date.parse(endedAt!) - Date.parse(enteredAt)) / 1000,
    0,
  );
}

/** Which share of a running state's present activity is done, `undefined` if it cannot tell. */
export function shareDone({ done, total }: StateProgress): number | undefined {
  return done === null || total === null || total <= 0 ? undefined : Math.min(1, done / total);
}

/** What a running state says of itself, shortest first: "epoch 3 of 10 · loss 1.66 · 128 steps/s · 6 s left". */
export function progressWords(progress: StateProgress): readonly string[] {
  const { figures, rate, unit, secondsLeft } = progress;
  const { epoch, epochs, ...others } = figures;
  const words: string[] = [];
  if (epoch !== undefined) {
    words.push(epochs === undefined ? `epoch ${epoch}` : `epoch ${epoch} of ${epochs}`);
  }
  for (const [name, value] of Object.entries(others))
    words.push(`${figureName(name)} ${shortFigure(value)}`);
  if (rate !== null)
    words.push(`${rate >= 10 ? whole(rate) : rate.toFixed(1)} ${unit ?? "steps"}/s`);
  if (secondsLeft !== null) words.push(`${duration(secondsLeft)} left`);
  return words;
}

/** "popularity prior", of `popularityPrior`. */
function figureName(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

function shortFigure(value: number): string {
  if (Number.isInteger(value)) return whole(value);
  return Math.abs(value) < 1 ? figure(value) : value.toPrecision(4);
}
