import { readDeployment, runningExecutions, undeployStack } from "../../../recipe/index.ts";
import { type BurnProgress, type StackName, STACKS } from "../../../schema/index.ts";
import { STACK_TITLES } from "../../../words/index.ts";
import type { PanelContext } from "../context.ts";
import { burnGroups } from "./burn-groups.ts";

/** Burns one stack at a time, and knows how far it is. */
export class Burner {
  readonly #panel: PanelContext;
  readonly #progress = new Map<StackName, BurnProgress>();
  #work: Promise<void> = Promise.resolve();

  constructor(panel: PanelContext) {
    this.#panel = panel;
  }

  /** The stack that is being burned. */
  get burning(): StackName | undefined {
    return STACKS.find((stack) => this.progress(stack)?.state === "running");
  }

  /** Of the last burning of a stack since the server was started. */
  progress(stack: StackName): BurnProgress | undefined {
    return this.#progress.get(stack);
  }

  /** Begins; the caller has made sure that it may. */
  start(stack: StackName, by: string): void {
    const progress: BurnProgress = {
      state: "running",
      startedAt: this.#now(),
      startedBy: by,
      endedAt: null,
      steps: [
        {
          what: `Deployment of the ${STACK_TITLES[stack]}`,
          state: "running",
          bytes: 0,
          objects: 0,
        },
      ],
      problem: null,
    };
    this.#progress.set(stack, progress);
    this.#work = this.#burn(stack, progress).then(
      () => {
        progress.state = "succeeded";
        progress.endedAt = this.#now();
      },
      (error: unknown) => {
        progress.state = "failed";
        progress.endedAt = this.#now();
        progress.problem = error instanceof Error ? error.message : String(error);
        this.#panel.log.error({ err: error, stack }, "burning failed");
      },
    );
  }

  /** Settles once nothing is being removed. */
  finished(): Promise<void> {
    return this.#work;
  }

  async #burn(stack: StackName, progress: BurnProgress): Promise<void> {
    const { bucket, responder } = this.#panel;
    const groups = await burnGroups(bucket, stack);
    progress.steps.push(
      ...groups.map(({ what, bytes, objects }) => ({
        what,
        bytes,
        objects,
        state: "pending" as const,
      })),
    );
    // Without a deployment nothing new can be executed, so nobody begins to read what is now removed.
    if ((await readDeployment(bucket, stack)) !== undefined) await undeployStack(bucket, stack);
    if (stack === "responder") await responder.redeploy();
    const [running] = await runningExecutions(bucket);
    if (running !== undefined) {
      throw new Error(
        `${running.name} has begun meanwhile, so nothing was removed but the deployment; wait for its end and burn again`,
      );
    }
    progress.steps[0]!.state = "done";
    for (const [at, { prefix }] of groups.entries()) {
      const step = progress.steps[at + 1]!;
      step.state = "running";
      if (prefix.endsWith("/")) await bucket.removeAll(prefix);
      else await bucket.remove(prefix);
      step.state = "done";
    }
  }

  #now(): string {
    return this.#panel.clock().toISOString();
  }
}
