import { z } from "zod";

import type { WorkflowEvent } from "../workflow/index.ts";

/** What a step of an execution took. */
export interface StepCost {
  readonly step: string;
  /** By the clock, with the start of its processes. */
  readonly seconds: number;
  /** Of all its processes together; `null` where it was not measured. */
  readonly peakRssBytes: number | null;
}

const TaskResult = z.object({
  Usage: z.array(z.object({ PeakRssBytes: z.number().nullable() })),
});

/** The cost of every task in a journal, in the order of their ends; of a repeated one, the last run's. */
export function stepCosts(events: readonly WorkflowEvent[]): readonly StepCost[] {
  const enteredAt = new Map<string, string>();
  const costs = new Map<string, StepCost>();
  for (const event of events) {
    if (event.type === "StateEntered") enteredAt.set(event.state, event.time);
    if (event.type !== "StateSucceeded" || event.result === undefined) continue;
    const milliseconds = Date.parse(event.time) - Date.parse(enteredAt.get(event.state) ?? "");
    const seconds = milliseconds / 1000;
    costs.set(event.state, { step: event.state, seconds, peakRssBytes: peakOf(event.result) });
  }
  return [...costs.values()];
}

function peakOf(result: unknown): number | null {
  const parsed = TaskResult.safeParse(result);
  if (!parsed.success) return null;
  const peaks = parsed.data.Usage.map(({ PeakRssBytes }) => PeakRssBytes);
  return peaks.includes(null) ? null : peaks.reduce<number>((sum, peak) => sum + (peak ?? 0), 0);
}
