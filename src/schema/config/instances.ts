import { z } from "zod";

/** Where a step runs. On one machine only the count has an effect: the number of shards. */
export const InstanceConfig = z.strictObject({
  instanceType: z.string().min(1).default("ml.m5.large"),
  instanceCount: z.int().min(1).max(100).default(1),
  volumeSizeGb: z.int().min(1).max(16_384).default(30),
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
