import { type Execution, jobSpending, stepCosts } from "../../../../recipe/index.ts";
import type { RecSysConfig, StepEstimate } from "../../../../schema/index.ts";
import type { DataCounts } from "./data-counts.ts";
import { secondsByGrowth, type Step, STEPS } from "./growth.ts";
import type { OwnPrices } from "./own-prices.ts";
import { type Price, priceOfHours } from "./price-of-hours.ts";

/** An earlier execution and the data that it worked on. */
export interface EarlierExecution {
  readonly execution: Execution;
  readonly counts: DataCounts | undefined;
  /** Did it run in AWS? */
  readonly isPaidFor: boolean;
}

const INSTANCES_OF: Readonly<Record<Step, keyof RecSysConfig["instances"]>> = {
  Collect: "collector",
  Train: "training",
  Evaluate: "evaluation",
  Refit: "training",
  Transform: "transform",
  Merge: "transform",
};

/**
 * What each step will take: as long as it took before, grown with the data; without an execution before, what was
 * measured at other sizes. In dollars, as if the instances chosen were as fast as this machine.
 *
 * @param config - as it would be deployed
 * @param counts - the data of now, `undefined` when there are none
 * @param earlier - the latest succeeded execution of each workflow
 * @param own - the owner's prices, or what is wrong with them
 * @param region - of the account, where there is one
 */
export function estimateSteps(
  config: RecSysConfig,
  counts: DataCounts | undefined,
  earlier: readonly EarlierExecution[],
  own: OwnPrices | string | undefined,
  region?: string,
): StepEstimate[] {
  return STEPS.map((step) => {
    const stack = step === "Collect" ? "collector" : "core";
    if (counts === undefined) {
      const assumptions = ["there are no data yet: upload the raw files"];
      return { stack, step, seconds: null, usd: null, isRough: false, assumptions, last: null };
    }
    const { seconds, assumptions } = secondsOf(step, config, counts, earlier);
    const { usd, isRough, words } = priceOf(step, config, seconds, own, region);
    const last = lastOf(step, stack, earlier, own, region);
    return { stack, step, seconds, usd, isRough, assumptions: [...assumptions, ...words], last };
  });
}

function secondsOf(
  step: Step,
  config: RecSysConfig,
  counts: DataCounts,
  earlier: readonly EarlierExecution[],
): { readonly seconds: number; readonly assumptions: readonly string[] } {
  const now = secondsByGrowth(step, counts);
  for (const { execution, counts: then } of earlier) {
    const cost = stepCosts(execution.events).find((known) => known.step === step);
    if (cost === undefined) continue;
    const growth = then === undefined ? 1 : now / secondsByGrowth(step, then);
    const shards = sharesWork(step) ? shardsOf(step, execution.config) / shardsOf(step, config) : 1;
    const how =
      then === undefined || growth === 1
        ? "on as much data"
        : `on ${then.source}, grown with the data`;
    return {
      seconds: cost.seconds * growth * shards,
      assumptions: [`${execution.name} took ${cost.seconds.toFixed(0)} s ${how}`, counts.source],
    };
  }
  const seconds = now / (sharesWork(step) ? shardsOf(step, config) : 1);
  const assumptions = [counts.source, "measured on two cores with the default settings"];
  return { seconds, assumptions };
}

/** Does a second instance take half of the step's work? */
function sharesWork(step: Step): boolean {
  return step === "Transform";
}

function shardsOf(step: Step, { instances }: RecSysConfig): number {
  return instances[INSTANCES_OF[step]].instanceCount;
}

const LEFT_OUT =
  "the instance is taken to be as fast as this machine; its start, storage and requests are not in the price";

function priceOf(
  step: Step,
  { instances }: RecSysConfig,
  seconds: number,
  own: OwnPrices | string | undefined,
  region: string | undefined,
): Price {
  const { instanceType, instanceCount } = instances[INSTANCES_OF[step]];
  const count = step === "Merge" ? 1 : instanceCount; // the merge runs on one
  const hours = (count * seconds) / 3600;
  const price = priceOfHours(
    { what: `${count} × ${instanceType}`, instanceType, hours },
    own,
    region,
  );
  return price.usd === null ? price : { ...price, words: [...price.words, LEFT_OUT] };
}

/** What the step took in the latest execution that succeeded, and what its instances cost where they were paid for. */
function lastOf(
  step: Step,
  stack: "collector" | "core",
  earlier: readonly EarlierExecution[],
  own: OwnPrices | string | undefined,
  region: string | undefined,
): StepEstimate["last"] {
  const known = earlier.find(({ execution }) => execution.workflow === stack);
  if (known === undefined) return null;
  const { execution, isPaidFor } = known;
  const spent = jobSpending(stack, execution.events).find(({ state }) => state === step);
  if (spent === undefined) return null;
  const { instanceType, instanceHours: hours, seconds } = spent;
  const usd = isPaidFor ? priceOfHours({ what: "", instanceType, hours }, own, region).usd : null;
  return { execution: execution.name, seconds, usd };
}
