import { z } from "zod";

/** The three stacks of the product (Q10). */
export const STACKS = ["collector", "core", "responder"] as const;
export const StackName = z.enum(STACKS);
export type StackName = z.infer<typeof StackName>;

/** Something that may be done now, or the reason why not yet (Q112, Q113). */
export const Permission = z.strictObject({ allowed: z.boolean(), reason: z.string().nullable() });
export type Permission = z.infer<typeof Permission>;

/** Something that CloudFormation has done to a stack or to one of its resources. */
export const CloudEvent = z.strictObject({
  at: z.string(),
  resource: z.string(),
  type: z.string(),
  /** `CREATE_COMPLETE`, `DELETE_SKIPPED` … */
  status: z.string(),
  reason: z.string().nullable(),
});
export type CloudEvent = z.infer<typeof CloudEvent>;

/** What the panel has CloudFormation do to a stack, or had it do last since the server was started. */
export const CloudWork = z.strictObject({
  does: z.enum(["deploy", "burn"]),
  state: z.enum(["running", "succeeded", "failed"]),
  startedAt: z.string(),
  startedBy: z.string(),
  endedAt: z.string().nullable(),
  /** Why it failed. */
  problem: z.string().nullable(),
  /** The latest first. */
  events: z.array(CloudEvent),
});
export type CloudWork = z.infer<typeof CloudWork>;

/** A stack as it stands in the AWS account. */
export const CloudStack = z.strictObject({
  /** In CloudFormation: "RecSysCollectorStack". */
  name: z.string(),
  /** `null` where there is none. */
  status: z.string().nullable(),
  /** Why it cannot be changed as it stands, and the way out. */
  obstacle: z.string().nullable(),
  /** Was it deployed, and is it not there any more? Somebody has deleted it outside of the panel. */
  isGone: z.boolean(),
  outputs: z.record(z.string(), z.string()),
  work: CloudWork.nullable(),
});
export type CloudStack = z.infer<typeof CloudStack>;

/** `POST /panel/api/stacks/:stack/change`: what "Deploy Configurations" would change in the account. */
export const ChangePlan = z.strictObject({
  /** By which just this change is ordered. */
  id: z.string(),
  stack: StackName,
  name: z.string(),
  isNew: z.boolean(),
  /** Is it as ordered already? */
  isNothing: z.boolean(),
  changes: z.array(
    z.strictObject({
      action: z.enum(["add", "change", "replace", "may replace", "remove"]),
      resource: z.string(),
      type: z.string(),
    }),
  ),
  /** What CloudFormation is given. */
  parameters: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
  /** What the stack costs while nothing is asked of it, and when it is. */
  cost: z.string(),
  /** What is allowed and hardly meant. */
  warnings: z.array(z.string()),
});
export type ChangePlan = z.infer<typeof ChangePlan>;

/** `POST /panel/api/stacks/:stack/deploy`: in AWS, the change that was shown; on one machine there is none. */
export const DeployOrder = z.strictObject({ change: z.string().optional() });

/** `POST /panel/api/stacks/:stack/drift`: what is no longer as the stack has made it. */
export const DriftReport = z.strictObject({
  drift: z.array(
    z.strictObject({
      resource: z.string(),
      type: z.string(),
      isDeleted: z.boolean(),
      properties: z.array(z.string()),
    }),
  ),
});
export type DriftReport = z.infer<typeof DriftReport>;

/** A stack as the panel shows it. */
export const Stack = z.strictObject({
  stack: StackName,
  /** `absent` until "Deploy Configurations", and again once burned. */
  state: z.enum(["absent", "deployed", "executing"]),
  /** The deployed snapshot's number, from 1 on, and who made it. */
  deployment: z
    .strictObject({ number: z.int(), deployedAt: z.string(), deployedBy: z.string() })
    .nullable(),
  /** Has the draft changed in what this stack uses, since it was deployed? */
  draftDiffers: z.boolean(),
  deploy: Permission,
  /** Always refused for the responder, which has nothing to execute (Q110). */
  execute: Permission,
  /** A free name for the next execution (A24). */
  nextExecutionName: z.string(),
  /** On one machine there is nothing but its deployment. */
  cloud: CloudStack.nullable(),
});
export type Stack = z.infer<typeof Stack>;

/** `GET /panel/api/overview`: the home page. */
export const Overview = z.strictObject({
  bucket: z.string(),
  /** Of the AWS account where the stacks stand; `null` on one machine. */
  region: z.string().nullable(),
  stacks: z.array(Stack),
  /** What is served now; `null` before the first. */
  served: z
    .strictObject({
      execution: z.string(),
      createdAt: z.string(),
      previous: z.string().nullable(),
      users: z.int(),
      items: z.int(),
    })
    .nullable(),
  /** The one thing to do next. */
  nextStep: z.strictObject({
    label: z.string(),
    page: z.enum(["/customization", "/data", "/serving-recipe", "/dashboard"]),
    why: z.string(),
    /** The button of the page that does it. */
    button: z.strictObject({ stack: StackName, does: z.enum(["deploy", "execute"]) }).nullable(),
  }),
  running: z.array(z.strictObject({ workflow: z.enum(["collector", "core"]), name: z.string() })),
  invokeUrl: z.string(),
});
export type Overview = z.infer<typeof Overview>;

/** How far a burning is: polled until it is no longer running. */
export const BurnProgress = z.strictObject({
  state: z.enum(["running", "succeeded", "failed"]),
  startedAt: z.string(),
  startedBy: z.string(),
  endedAt: z.string().nullable(),
  /** What is removed, in this order; the first is the stack's deployment. */
  steps: z.array(
    z.strictObject({
      what: z.string(),
      state: z.enum(["pending", "running", "done"]),
      bytes: z.int(),
      objects: z.int(),
    }),
  ),
  /** Why it failed. */
  problem: z.string().nullable(),
});
export type BurnProgress = z.infer<typeof BurnProgress>;

/** `GET /panel/api/burn/:stack`: what "Burn Now" removes and what it leaves. */
export const BurnPlan = z.strictObject({
  stack: StackName,
  removed: z.array(z.strictObject({ what: z.string(), bytes: z.int(), objects: z.int() })),
  /** What CloudFormation removes, in AWS. */
  resources: z.array(z.strictObject({ resource: z.string(), type: z.string(), id: z.string() })),
  kept: z.array(z.strictObject({ what: z.string(), why: z.string() })),
  burn: Permission,
  /** In AWS: what is being done, or was done last. */
  work: CloudWork.nullable(),
  /** The burning of this stack that runs, or the last one since the server was started. */
  progress: BurnProgress.nullable(),
});
export type BurnPlan = z.infer<typeof BurnPlan>;

/** `POST /panel/api/burn/:stack`: the stack's name, typed in full. Answers 202 and the plan with its progress. */
export const BurnOrder = z.strictObject({ confirm: z.string() });
