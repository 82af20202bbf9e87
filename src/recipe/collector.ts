import type { Workflow } from "../workflow/index.ts";
import { processingJob } from "./job-state.ts";

/** `RecSysRecipeCollectorWorkflow` (Q54): raw_data/ → processed_data/. */
export const collectorWorkflow: Workflow = {
  comment: "Reads, checks, encodes and splits the raw files, then makes them current",
  startAt: "Collect",
  states: {
    Collect: processingJob({
      workflow: "collector",
      job: "collect",
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
