import { z } from "zod";

import { AwsConfig } from "./aws.ts";
import { CollectorConfig } from "./collector.ts";
import { EvaluationConfig, TrainingConfig, TransformConfig } from "./core.ts";
import { DashboardConfig } from "./dashboard.ts";
import { InstancesConfig } from "./instances.ts";
import { PanelConfig } from "./panel.ts";
import { ReportsConfig } from "./reports.ts";
import { ResponderConfig } from "./responder.ts";

/**
 * Everything that can be set: the file `recsys.config.json`, a deployed snapshot, the panel's draft.
 *
 * A setting's label and meaning stand in its schema alone; forms, docs and the command line take them from there.
 */
export const RecSysConfig = z.strictObject({
  bucketPrefix: z
    .string()
    .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/, "letters, digits, '.', '_', '-' and single '/'")
    .default("RecSys_Recipe_StepFunctions_CDK")
    .meta({
      title: "Bucket prefix",
      description:
        "Folder inside the bucket under which everything lives. Letters, digits, `.`, `_`, `-` and single `/`.",
    }),
  logGroup: z
    .string()
    .regex(/^[A-Za-z0-9._/#-]{1,512}$/, "1 to 512 letters, digits, '.', '_', '-', '/' and '#'")
    .default("RecSys")
    .meta({
      title: "Logging Group Name",
      description: "The one log group that collects all logs. On one machine it is their heading.",
    }),
  keepExecutions: z.int().min(1).default(5).meta({
    title: "Executions kept",
    description: "Executions of each stage that are kept; the served one always is.",
  }),
  runner: z.enum(["process", "bullmq"]).default("process").meta({
    title: "Runner of the jobs",
    description:
      "`process`: jobs are processes of one machine. `bullmq`: workers on any number of machines run them, which meet at a Redis or Valkey server (`recsys worker`). In AWS neither counts.",
  }),
  collector: CollectorConfig.prefault({}),
  training: TrainingConfig.prefault({}),
  evaluation: EvaluationConfig.prefault({}),
  transform: TransformConfig.prefault({}),
  responder: ResponderConfig.prefault({}),
  panel: PanelConfig.prefault({}),
  dashboard: DashboardConfig.prefault({}),
  reports: ReportsConfig.prefault({}),
  instances: InstancesConfig.prefault({}),
  aws: AwsConfig.prefault({}),
});
export type RecSysConfig = z.infer<typeof RecSysConfig>;
