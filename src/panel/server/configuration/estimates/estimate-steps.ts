import { type Execution, jobSpending, stepCosts } from "../../../../recipe/index.ts";
import type { RecSysConfig, StepEstimate } from "../../../../schema/index.ts";
import type { DataCounts } from "./data-counts.ts";
import { ROUNDS, secondsByGrowth, type Step } from "./growth.ts";
import { instancesOf, stepsOf, timeShare } from "./instances.ts";
import type { OwnPrices } from "./own-prices.ts";
import { type Price, priceOfHours } from "./price-of-hours.ts";

/** An earlier execution and the data that it worked on. */
export interface EarlierExecution {
  readonly execution: Execution;
  readonly counts: DataCounts | undefined;
  /** Did it run in AWS? */
  readonly isPaidFor: boolean;
}

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
  return stepsOf(config).map((step) => {
    const stack = step === "Collect" || step === "Assemble" ? "collector" : "core";
    if (counts === undefined) {
      const assumptions = ["there are no data yet: upload the raw files"];
      return { stack, step, seconds: null, usd: null, isRough: false, assumptions, last: null };
    }
    const { seconds, assumptions } = secondsOf(step, config, counts, earlier);
    const starts = region === undefined ? [] : [STARTS];
    const { usd, isRough, words } = priceOf(step, config, seconds, own, region);
    const last = lastOf(step, stack, earlier, own, region);
    return {
      stack,
      step,
      seconds,
      usd,
      isRough,
      assumptions: [...assumptions, ...starts, ...words],
      last,
    };
  });
}

const STARTS =
  "SageMaker takes minutes more to start the instances of a job; rounds of training have two jobs each";

function secondsOf(
  step: Step,
  config: RecSysConfig,
  counts: DataCounts,
  earlier: readonly EarlierExecution[],
): { readonly seconds: number; readonly assumptions: readonly string[] } {
  const now = secondsOn(step, config, counts);
  for (const { execution, counts: then } of earlier) {
    const before = secondsBefore(step, execution);
    if (before === undefined) continue;
    const growth = now / secondsOn(step, execution.config, then ?? counts);
    const how =
      then === undefined || secondsByGrowth(step, then) === secondsByGrowth(step, counts)
        ? "on as much data"
        : `on ${then.source}, grown with the data`;
    return {
      seconds: before * growth,
      assumptions: [`${execution.name} took ${before.toFixed(0)} s ${how}`, counts.source],
    };
  }
  const assumptions = [counts.source, "measured on two cores with the default settings"];
  return { seconds: now, assumptions };
}

/** What a step took in an execution; of one that is run in rounds, all of them. */
function secondsBefore(step: Step, { workflow, events }: Execution): number | undefined {
  return ROUNDS.includes(step)
    ? jobSpending(workflow, events).find(({ state }) => state === step)?.seconds
    : stepCosts(events).find((known) => known.step === step)?.seconds;
}

/** By what was measured, on the instances of a configuration. */
function secondsOn(step: Step, config: RecSysConfig, counts: DataCounts): number {
  const { count } = instancesOf(step, config);
  return secondsByGrowth(step, counts) * timeShare(step, count, counts);
}

const LEFT_OUT =
  "the instance is taken to be as fast as this machine; its start, storage and requests are not in the price";

function priceOf(
  step: Step,
  config: RecSysConfig,
  seconds: number,
  own: OwnPrices | string | undefined,
  region: string | undefined,
): Price {
  const { type, count } = instancesOf(step, config);
  const hours = (count * seconds) / 3600;
  const price = priceOfHours(
    { what: `${count} × ${type}`, instanceType: type, hours },
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
