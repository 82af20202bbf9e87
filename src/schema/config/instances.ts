import { z } from "zod";

/** Where a step runs. On one machine only the count has an effect: the number of shards. */
export const InstanceConfig = z.strictObject({
  instanceType: z.string().min(1).default("ml.m5.large").meta({
    title: "Instance type",
    description: "Recorded only, on one machine.",
  }),
  instanceCount: z.int().min(1).max(100).default(1).meta({
    title: "Instance count",
    description: "Shards of the step.",
  }),
  volumeSizeGb: z.int().min(1).max(16_384).default(30).meta({
    title: "Storage volume (GB)",
    description: "Recorded only, on one machine.",
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
