import { randomUUID } from "node:crypto";

import {
  type Account,
  awsTrouble,
  burnCloudStack,
  CLOUD_STACKS,
  cloudWarnings,
  deployOrder,
  detectDrift,
  followStandingStack,
  isNew,
  isUnderWay,
  listBurn,
  obstacleTo,
  prepareDeployment,
  readStack,
  runningInAccount,
  type ShownEvent,
  type StackStanding,
} from "../../../../cloud/index.ts";
import {
  adoptDeployment,
  deployStack,
  latestDeployment,
  readDeployment,
  undeployStack,
} from "../../../../recipe/index.ts";
import {
  type BurnPlan,
  type ChangePlan,
  type CloudStack,
  type CloudWork,
  type DriftReport,
  type RecSysConfig,
  type StackName,
  STACKS,
} from "../../../../schema/index.ts";
import { type PanelContext, PanelError } from "../../context.ts";
import type { AccountFacts } from "../facts.ts";
import { busyWords } from "../permissions.ts";
import { outOfDate, ShownChanges } from "./shown-changes.ts";
import { stackCost } from "./stack-cost.ts";

/** Between two questions how a stack stands, however many pages ask. */
const STANDING_MS = 2_000;
/** Events of a work that are kept and shown. */
const MOST_EVENTS = 300;

/** The three stacks in the AWS account: what would change, what is being done, how they stand. */
export class CloudStacks {
  readonly #panel: PanelContext;
  readonly #account: Account;
  readonly #closing = new AbortController();
  readonly #work = new Map<StackName, CloudWork>();
  readonly #standing = new Map<StackName, { readonly at: number; readonly known: Standing }>();
  readonly #running = new Set<Promise<void>>();
  readonly #shown = new ShownChanges();

  constructor(panel: PanelContext, account: Account) {
    this.#panel = panel;
    this.#account = account;
  }

  get region(): string {
    return this.#account.region;
  }

  /** The stack that CloudFormation is at work on for the panel, and what that does to it. */
  get busy(): { readonly stack: StackName; readonly does: CloudWork["does"] } | undefined {
    const stack = STACKS.find((name) => this.#work.get(name)?.state === "running");
    return stack && { stack, does: this.#work.get(stack)!.does };
  }

  /** What decides with other facts what may be done. */
  async facts(): Promise<AccountFacts> {
    const gone = await Promise.all(
      STACKS.map(async (stack) => ((await this.#isGone(stack)) ? [stack] : [])),
    );
    return { busy: this.busy, gone: new Set(gone.flat()) };
  }

  /** How a stack stands. */
  async view(stack: StackName): Promise<CloudStack> {
    const name = CLOUD_STACKS[stack];
    let standing: Standing;
    try {
      standing = await this.#read(stack);
    } catch (error) {
      // The rest of the page is worth seeing, and says what to do about it.
      this.#panel.log.error({ err: error, stack }, "CloudFormation does not answer");
      const words = awsTrouble(error) ?? (error instanceof Error ? error.message : String(error));
      const obstacle = `CloudFormation does not say how it stands: ${words}`;
      const work = this.#work.get(stack) ?? null;
      return { name, status: null, obstacle, isGone: false, outputs: {}, work };
    }
    return {
      name,
      status: standing?.status ?? null,
      obstacle: (standing && obstacleTo(name, standing.status)) ?? null,
      isGone: await this.#isGone(stack),
      outputs: { ...standing?.outputs },
      work: this.#work.get(stack) ?? null,
    };
  }

  /** Was it deployed, and has somebody deleted it outside of the panel? Where AWS does not say, it is taken to be there. */
  async #isGone(stack: StackName): Promise<boolean> {
    if (this.#work.get(stack)?.state === "running") return false;
    if ((await readDeployment(this.#panel.bucket, stack)) === undefined) return false;
    const standing = await this.#read(stack).catch(() => "unknown");
    return standing === undefined;
  }

  /** What deploying a configuration would change; nothing is changed before {@link deploy} is asked for just that. */
  async plan(stack: StackName, config: RecSysConfig): Promise<ChangePlan> {
    const { bucket } = this.#panel;
    const number = (await latestDeployment(bucket, stack)) + 1;
    const id = randomUUID();
    const order = await deployOrder(stack, { bucket, config, deployment: number });
    const prepared = await prepareDeployment(this.#account, stack, order, {
      name: `recsys-deployment-${number}-${id.slice(0, 8)}`,
      signal: this.#closing.signal,
    });
    await this.#shown.keep({ id, stack, config, number, prepared });
    const { isNew, isNothing, changes } = prepared;
    return {
      ...{ id, stack, name: prepared.stack, isNew, isNothing, changes: [...changes] },
      ...{ parameters: { ...prepared.parameters }, tags: { ...order.tags } },
      cost: stackCost(stack),
      warnings: stack === "responder" ? [...cloudWarnings(config)] : [],
    };
  }

  /**
   * Begins to make a change that was shown; the caller has made sure that the stack may be deployed.
   *
   * @throws PanelError if it is not there any more, or is not what would be done now, or another request has begun something meanwhile
   */
  async deploy(stack: StackName, change: string | undefined, by: string): Promise<void> {
    this.#alone();
    const { bucket, clock } = this.#panel;
    const { prepared, config, number } = this.#shown.find(stack, change);
    if (
      (await latestDeployment(bucket, stack)) + 1 !== number ||
      !(await prepared.isValid().catch(() => true)) // beginning tells what is wrong
    ) {
      throw outOfDate(`${prepared.stack} has been changed since this was shown`);
    }
    this.#alone();
    this.#shown.forget(stack);
    this.#start(stack, "deploy", by, async (tell) => {
      const who = { by, at: clock() };
      await deployStack(bucket, stack, config, who, async (deployment) => {
        if (deployment.number !== number) {
          throw outOfDate(`${prepared.stack} was deployed by somebody else meanwhile`);
        }
        await prepared.begin(tell);
      });
      if (stack === "responder") await this.#panel.responder.redeploy();
    });
  }

  /**
   * Begins to remove a stack; the caller has made sure that it may.
   *
   * @throws PanelError if another request has begun something meanwhile
   */
  burn(stack: StackName, by: string): void {
    this.#alone();
    const { bucket, base } = this.#panel;
    const roleArn = base.config.aws.deployRoleArn;
    const signal = this.#closing.signal;
    this.#start(stack, "burn", by, async (tell) => {
      // Without a deployment nothing new can be executed meanwhile.
      await undeployStack(bucket, stack);
      if (stack === "responder") await this.#panel.responder.redeploy();
      const there = (await readStack(this.#account, CLOUD_STACKS[stack])) !== undefined;
      if (there) await burnCloudStack(this.#account, stack, { roleArn, tell, signal });
    });
  }

  /** What CloudFormation would remove, and what it would leave. */
  async burnList(stack: StackName): Promise<Pick<BurnPlan, "resources" | "kept">> {
    const list = await listBurn(this.#account, stack);
    return {
      resources: [...(list?.removed ?? [])],
      kept: (list?.kept ?? []).map(({ resource, type }) => ({
        what: `${resource} (${type})`,
        why: "the stack's template says that it stays",
      })),
    };
  }

  /** The executions that Step Functions runs, whoever follows them. */
  running(): ReturnType<typeof runningInAccount> {
    return runningInAccount(this.#account);
  }

  async drift(stack: StackName): Promise<DriftReport> {
    const drift = await detectDrift(this.#account, stack, this.#closing.signal);
    return { drift: drift.map((one) => ({ ...one, properties: [...one.properties] })) };
  }

  /** Takes up what CloudFormation was doing, or has done, when an earlier server died. */
  async resume(): Promise<void> {
    for (const stack of STACKS) {
      const standing = await this.#read(stack);
      if (standing === undefined) continue;
      if (!isUnderWay(standing.status)) {
        await this.#adopt(stack, standing);
        continue;
      }
      const does = standing.status.startsWith("DELETE") ? "burn" : "deploy";
      this.#start(stack, does, "an earlier server, or somebody else", async (tell) => {
        const signal = this.#closing.signal;
        const end = await followStandingStack(this.#account, standing.id, { tell, signal });
        if (end.status === "DELETE_COMPLETE") await undeployStack(this.#panel.bucket, stack);
        else await this.#adopt(stack, end);
      });
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error("the panel's server is closing"));
    await Promise.all(this.#running);
  }

  /** The configuration that a stack says it was made by is the one that counts. */
  async #adopt(stack: StackName, { status, parameters }: StackStanding): Promise<void> {
    const number = Number(parameters["Deployment"]);
    if (!GOOD_ENDS.has(status) || !Number.isInteger(number)) return;
    await adoptDeployment(this.#panel.bucket, stack, number);
  }

  /** What the caller has looked up may be out of date: two requests at once must not both get in. */
  #alone(): void {
    const words = busyWords({ burning: undefined, busy: this.busy });
    if (words !== undefined) throw new PanelError(409, "conflict", words);
  }

  #start(
    stack: StackName,
    does: CloudWork["does"],
    by: string,
    action: (tell: (event: ShownEvent) => void) => Promise<void>,
  ): void {
    const work: CloudWork = {
      ...{ does, state: "running", startedAt: this.#now(), startedBy: by },
      ...{ endedAt: null, problem: null, events: [] },
    };
    this.#work.set(stack, work);
    const tell = (event: ShownEvent): void => {
      work.events.unshift({ ...event });
      work.events.length = Math.min(work.events.length, MOST_EVENTS);
      this.#standing.delete(stack);
    };
    const running = action(tell).then(
      () => {
        work.state = "succeeded";
      },
      (error: unknown) => {
        work.state = "failed";
        work.problem = error instanceof Error ? error.message : String(error);
        this.#panel.log.error({ err: error, stack, does }, "CloudFormation did not do it");
      },
    );
    const over = running.then(() => {
      work.endedAt = this.#now();
      this.#standing.delete(stack);
      this.#running.delete(over);
    });
    this.#running.add(over);
  }

  async #read(stack: StackName): Promise<Standing> {
    const cached = this.#standing.get(stack);
    const now = performance.now();
    if (cached !== undefined && now - cached.at < STANDING_MS) return cached.known;
    const found = await readStack(this.#account, CLOUD_STACKS[stack]);
    // A change set that would make it is no stack yet.
    const known = isNew(found) ? undefined : found;
    this.#standing.set(stack, { at: now, known });
    return known;
  }

  #now(): string {
    return this.#panel.clock().toISOString();
  }
}

type Standing = StackStanding | undefined;

const GOOD_ENDS: ReadonlySet<string> = new Set(["CREATE_COMPLETE", "UPDATE_COMPLETE"]);
