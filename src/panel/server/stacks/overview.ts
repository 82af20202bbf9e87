import { nextExecutionName } from "../../../recipe/index.ts";
import {
  type Overview,
  ServingContent,
  type Stack,
  STACKS,
  type StackName,
} from "../../../schema/index.ts";
import { readManifest } from "../../../storage/index.ts";
import type { PanelContext } from "../context.ts";
import type { CloudStacks } from "./cloud/cloud-stacks.ts";
import type { Facts } from "./facts.ts";
import { nextStep } from "./next-step.ts";
import { mayDeploy, mayExecute } from "./permissions.ts";
import { differingSettings } from "./stack-settings.ts";

/** The home page. */
export async function overview(
  panel: PanelContext,
  facts: Facts,
  cloud: CloudStacks | undefined,
): Promise<Overview> {
  const stacks = await Promise.all(STACKS.map((stack) => stackView(panel, facts, stack, cloud)));
  const inAws = stacks.find(({ stack }) => stack === "responder")?.cloud?.outputs["InvokeUrl"];
  return {
    bucket: panel.bucket.url,
    region: cloud?.region ?? null,
    stacks,
    served: await servedView(panel, facts),
    nextStep: nextStep(facts),
    running: facts.running.map(({ workflow, name }) => ({ workflow, name })),
    invokeUrl: inAws ?? panel.responder.url,
  };
}

/** One stack as it stands. */
export async function stackView(
  { bucket, clock }: PanelContext,
  facts: Facts,
  stack: StackName,
  cloud?: CloudStacks,
): Promise<Stack> {
  const deployment = facts.deployments[stack];
  const isExecuting = facts.running.some(({ workflow }) => workflow === stack);
  return {
    stack,
    state: isExecuting ? "executing" : deployment === undefined ? "absent" : "deployed",
    deployment:
      deployment === undefined
        ? null
        : {
            number: deployment.number,
            deployedAt: deployment.deployedAt,
            deployedBy: deployment.deployedBy,
          },
    draftDiffers:
      deployment !== undefined &&
      differingSettings(stack, deployment.config, facts.config).length > 0,
    deploy: mayDeploy(stack, facts),
    execute: mayExecute(stack, facts),
    nextExecutionName: stack === "responder" ? "" : await nextExecutionName(bucket, stack, clock()),
    cloud: (await cloud?.view(stack)) ?? null,
  };
}

async function servedView(
  { bucket }: PanelContext,
  { served }: Facts,
): Promise<Overview["served"]> {
  if (served === undefined) return null;
  const { execution, previous } = served;
  const manifest = await readManifest(bucket, "batch_transform_inference_output", execution);
  const { users, items } = ServingContent.parse(manifest.content);
  return { execution, createdAt: manifest.createdAt, previous, users, items };
}
