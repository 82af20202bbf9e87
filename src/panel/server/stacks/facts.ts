import { type Deployment, readDeployment, runningExecutions } from "../../../recipe/index.ts";
import { type Pointer, type RecSysConfig, STACKS, type StackName } from "../../../schema/index.ts";
import { readPointer } from "../../../storage/index.ts";
import { readDraft } from "../configuration/index.ts";
import type { PanelContext } from "../context.ts";
import { missingRawFiles } from "../data/index.ts";

/** Everything that decides what may be done now. */
export interface Facts {
  readonly deployments: Readonly<Record<StackName, Deployment | undefined>>;
  readonly running: readonly { readonly workflow: "collector" | "core"; readonly name: string }[];
  /** The configuration that deploying now would freeze. */
  readonly config: RecSysConfig;
  readonly hasDraft: boolean;
  readonly missingRawFiles: readonly string[];
  readonly processed: Pointer | undefined;
  readonly served: Pointer | undefined;
  /** The stack that is being burned. */
  readonly burning: StackName | undefined;
  /** In AWS: the stack that CloudFormation is at work on for the panel. */
  readonly busy: { readonly stack: StackName; readonly does: "deploy" | "burn" } | undefined;
}

/** How the account stands, where there is one. */
export type AccountFacts = Pick<Facts, "busy"> & {
  /** Stacks that were deployed and are not there any more. */
  readonly gone: ReadonlySet<StackName>;
};

/** Looks all of it up. */
export async function readFacts(
  panel: PanelContext,
  burning: StackName | undefined,
  account?: AccountFacts,
): Promise<Facts> {
  const { bucket } = panel;
  const { saved, config } = await readDraft(panel);
  const [collector, core, responder] = await Promise.all(
    // What is gone counts as not deployed: nothing can be done with it.
    STACKS.map(async (stack) =>
      account?.gone.has(stack) === true ? undefined : await readDeployment(bucket, stack),
    ),
  );
  const running = await runningExecutions(bucket);
  return {
    deployments: { collector, core, responder },
    running: running.map(({ workflow, name }) => ({ workflow, name })),
    config,
    hasDraft: saved !== undefined,
    missingRawFiles: await missingRawFiles(bucket),
    processed: await readPointer(bucket, "processed_data"),
    served: await readPointer(bucket, "batch_transform_inference_output"),
    burning,
    busy: account?.busy,
  };
}
