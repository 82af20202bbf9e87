import type { Workflow } from "../workflow/index.ts";
import { processingJob } from "./job-state.ts";

/** `RecSysRecipeCollectorWorkflow` (Q54): raw_data/ → processed_data/ → kpi/. */
export const collectorWorkflow: Workflow = {
  comment:
    "Reads, checks, encodes and splits the raw files, sums them up for the dashboard, then makes both current",
  startAt: "Collect",
  states: {
    Collect: processingJob({
      workflow: "collector",
      job: "collect",
      instances: "collector",
      sharded: true,
      next: "IsShared",
    }),
    IsShared: {
      type: "Choice",
      comment: "One instance has read everything and is done",
      choices: [
        {
          variable: "$.instances.collector.instanceCount",
          operator: "NumericGreaterThan",
          value: 1,
          next: "Assemble",
        },
      ],
      default: "Measure",
    },
    Assemble: processingJob({
      workflow: "collector",
      job: "assemble",
      instances: "collector",
      next: "Measure",
    }),
    Measure: processingJob({
      workflow: "collector",
      job: "measure",
      instances: "collector",
      next: "PublishData",
    }),
    PublishData: processingJob({
      workflow: "collector",
      job: "publish-data",
      instances: "collector",
      next: "Collected",
    }),
    Collected: { type: "Succeed" },
  },
};
