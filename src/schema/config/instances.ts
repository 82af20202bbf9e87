import { z } from "zod";

/** Where a step runs. On one machine only the count has an effect: the number of shards. */
export const InstanceConfig = z.strictObject({
  instanceType: z
    .string()
    .regex(/^ml\.[a-z0-9-]+\.[a-z0-9-]+$/, "a type of SageMaker's, such as ml.m5.large")
    .default("ml.m5.large")
    .meta({
      title: "Instance type",
      description: "What the step's jobs run on in AWS; elsewhere recorded only.",
    }),
  instanceCount: z.int().min(1).max(100).default(1).meta({
    title: "Instance count",
    description: "Into so many shards the step divides.",
  }),
  volumeSizeGb: z.int().min(1).max(16_384).default(30).meta({
    title: "Storage volume (GB)",
    description: "Of each instance in AWS; elsewhere recorded only.",
  }),
});
export type InstanceConfig = z.infer<typeof InstanceConfig>;

/** Instances of each step that the panel lets one choose (Q103, Q104). */
export const InstancesConfig = z.strictObject({
  collector: InstanceConfig.prefault({}),
  training: InstanceConfig.prefault({}),
  evaluation: InstanceConfig.prefault({}),
  transform: InstanceConfig.prefault({}),
});
export type InstancesConfig = z.infer<typeof InstancesConfig>;
