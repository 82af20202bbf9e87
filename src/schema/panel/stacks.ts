import { z } from "zod";

/** The three stacks of the product (Q10). */
export const STACKS = ["collector", "core", "responder"] as const;
export const StackName = z.enum(STACKS);
export type StackName = z.infer<typeof StackName>;

/** Something that may be done now, or the reason why not yet (Q112, Q113). */
export const Permission = z.strictObject({ allowed: z.boolean(), reason: z.string().nullable() });
export type Permission = z.infer<typeof Permission>;

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
});
export type Stack = z.infer<typeof Stack>;

/** `GET /panel/api/overview`: the home page. */
export const Overview = z.strictObject({
  bucket: z.string(),
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
  kept: z.array(z.strictObject({ what: z.string(), why: z.string() })),
  burn: Permission,
  /** The burning of this stack that runs, or the last one since the server was started. */
  progress: BurnProgress.nullable(),
});
export type BurnPlan = z.infer<typeof BurnPlan>;

/** `POST /panel/api/burn/:stack`: the stack's name, typed in full. Answers 202 and the plan with its progress. */
export const BurnOrder = z.strictObject({ confirm: z.string() });
