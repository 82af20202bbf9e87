import { z } from "zod";

import { StackName } from "./stacks.ts";

/** One field of the customization's forms, made from the configuration's schema. */
export const SettingField = z.strictObject({
  /** "training.seed". */
  path: z.string(),
  label: z.string(),
  /** The schema's own words on it. */
  description: z.string(),
  kind: z.enum(["text", "integer", "number", "boolean", "choice", "list"]),
  choices: z.array(z.string()).optional(),
  /** What it may be: "a whole number from 1 to 64". */
  expectation: z.string(),
  /** `null` when it may be left out. */
  default: z.unknown(),
});
export type SettingField = z.infer<typeof SettingField>;

/** The fields of one tab, such as Core Stack → Training. */
export const SettingGroup = z.strictObject({
  /** `null`: above the tabs ("Bucket Name", "Logging Group Name"). */
  stack: StackName.nullable(),
  title: z.string(),
  fields: z.array(SettingField),
  /** Fields that few will need, folded away. */
  more: z.array(SettingField),
});
export type SettingGroup = z.infer<typeof SettingGroup>;

/** What a step will take, as far as can be told before it runs. */
export const StepEstimate = z.strictObject({
  stack: StackName,
  step: z.string(),
  seconds: z.number().nullable(),
  /** Of the chosen instances in the cloud; `null` where no price is known for the type. */
  usd: z.number().nullable(),
  /** Is the price by a table that was written down by hand, rather than by the owner's own prices? */
  isRough: z.boolean(),
  assumptions: z.array(z.string()),
  /** What the step took in the latest execution that succeeded; a price only where it ran in AWS and one is known. */
  last: z
    .strictObject({ execution: z.string(), seconds: z.number(), usd: z.number().nullable() })
    .nullable(),
});
export type StepEstimate = z.infer<typeof StepEstimate>;

/** `GET /panel/api/configuration`. */
export const Customization = z.strictObject({
  groups: z.array(SettingGroup),
  /** Setting's path → value, only what the draft sets. */
  draft: z.record(z.string(), z.unknown()),
  /** Setting's path → value, everything, as it would be deployed. */
  values: z.record(z.string(), z.unknown()),
  /** Settings that the environment or the command line fixes: path → origin. The draft cannot change them. */
  fixed: z.record(z.string(), z.string()),
  savedAt: z.string().nullable(),
  savedBy: z.string().nullable(),
  estimates: z.array(StepEstimate),
  /** What the saved draft has that is allowed in AWS and hardly meant; none on one machine. */
  warnings: z.array(z.string()),
});
export type Customization = z.infer<typeof Customization>;

/** `GET /panel/api/configuration/names`: what of the AWS account may be chosen from; `null` where nothing may be listed (A28). */
export const AccountNames = z.strictObject({
  buckets: z.array(z.string()).nullable(),
  logGroups: z.array(z.string()).nullable(),
});
export type AccountNames = z.infer<typeof AccountNames>;

/** `PUT /panel/api/configuration`: the whole draft; refused with the fields that are wrong. */
export const DraftChange = z.strictObject({
  draft: z.record(z.string(), z.unknown()),
  /** `savedAt` of the draft that was edited: the change is refused (409) when someone has saved another since. */
  basedOn: z.string().nullable().optional(),
});
