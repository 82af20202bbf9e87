import type { FitName } from "../schema/index.ts";
import type { MapState } from "../workflow/index.ts";
import { processingJob, trainingJob } from "./job-state.ts";

/**
 * The rounds of a fit that several instances share, one after the other: each instance trains on its users, then what
 * they came to is averaged. Where one instance fits alone there are no rounds.
 */
export function fitRounds(fit: FitName, name: string, next: string): MapState {
  const job = { workflow: "core", instances: "training", fit } as const;
  return {
    type: "Map",
    comment: "Several instances share the fit: each trains on its users, then they are averaged",
    itemsPath: "$.rounds",
    itemSelector: {
      "round.$": "$$.Map.Item.Value",
      "bucket.$": "$.bucket",
      "prefix.$": "$.prefix",
      "execution.$": "$.execution",
      "jobPrefix.$": "$.jobPrefix",
      "instances.$": "$.instances",
    },
    maxConcurrency: 1,
    itemProcessor: {
      startAt: `${name}Round`,
      states: {
        [`${name}Round`]: trainingJob({
          ...job,
          job: "round",
          sharded: true,
          next: `${name}Average`,
        }),
        [`${name}Average`]: processingJob({ ...job, job: "average" }),
      },
    },
    resultPath: null,
    next,
  };
}
