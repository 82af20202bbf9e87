import { z } from "zod";

import { CollectorConfig } from "./collector.ts";
import { EvaluationConfig, TrainingConfig, TransformConfig } from "./core.ts";
import { DashboardConfig } from "./dashboard.ts";
import { InstancesConfig } from "./instances.ts";
import { ResponderConfig } from "./responder.ts";

/** Everything that can be set: the file `recsys.config.json`, a deployed snapshot, the panel's draft. */
export const RecSysConfig = z.strictObject({
  /** Folder of the bucket under which everything lives (Q45, A23). */
  bucketPrefix: z
    .string()
    .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/, "letters, digits, '.', '_', '-' and single '/'")
    .default("RecSys_Recipe_StepFunctions_CDK"),
  /** Executions of each stage that are kept, the served one always included. */
  keepExecutions: z.int().min(1).default(5),
  collector: CollectorConfig.prefault({}),
  training: TrainingConfig.prefault({}),
  evaluation: EvaluationConfig.prefault({}),
  transform: TransformConfig.prefault({}),
  responder: ResponderConfig.prefault({}),
  dashboard: DashboardConfig.prefault({}),
  instances: InstancesConfig.prefault({}),
});
export type RecSysConfig = z.infer<typeof RecSysConfig>;
