import type { WorkflowName } from "../../../recipe/index.ts";
import type { Place } from "../bucket.ts";

/** What a workflow's stack is called, and which places of the bucket its jobs may touch. */
export interface WorkflowComponent {
  readonly workflow: WorkflowName;
  readonly stackName: string;
  /** Of the state machine (Q54, Q57). */
  readonly stateMachineName: string;
  readonly component: string;
  readonly reads: readonly Place[];
  readonly writes: readonly Place[];
  readonly kinds: readonly ("processing" | "training")[];
}

/** Stages' folders: publishing removes what is no longer kept in all of them (src/recipe/retention.ts). */
export const STAGES = [
  "processed_data",
  "kpi",
  "model",
  "evaluation",
  "batch_transform_inference_output",
] as const satisfies readonly Place[];

export const COLLECTOR: WorkflowComponent = {
  workflow: "collector",
  stackName: "RecSysCollectorStack",
  stateMachineName: "RecSysRecipeCollectorWorkflow",
  component: "Collector",
  reads: ["raw_data", ...STAGES, "executions/collector", "executions/core"],
  writes: ["processed_data", "kpi"],
  kinds: ["processing"],
};

export const CORE: WorkflowComponent = {
  workflow: "core",
  stackName: "RecSysCoreStack",
  stateMachineName: "RecSysRecipeCoreWorkflow",
  component: "Core",
  reads: [...STAGES, "executions/collector", "executions/core"],
  writes: ["model", "evaluation", "batch_transform_inference_output", "executions/core"],
  kinds: ["processing", "training"],
};
