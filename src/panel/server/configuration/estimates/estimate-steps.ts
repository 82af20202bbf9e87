import { type Execution, stepCosts } from "../../../../recipe/index.ts";
import type { RecSysConfig, StepEstimate } from "../../../../schema/index.ts";
import type { DataCounts } from "./data-counts.ts";
import { secondsByGrowth, type Step } from "./growth.ts";
import { instancesOf, stepsOf, timeShare } from "./instances.ts";
import { OWN_PRICES, type OwnPrices } from "./own-prices.ts";
import { hourlyPrices, PRICES } from "./prices.ts";

/** An earlier execution and the data that it worked on. */
export interface EarlierExecution {
  readonly execution: Execution;
  readonly counts: DataCounts | undefined;
}

/**
 * What each step will take: as long as it took before, grown with the data; without an execution before, what was
 * measured at other sizes. In dollars, as if the instances chosen were as fast as this machine.
 *
 * @param config - as it would be deployed
 * @param counts - the data of now, `undefined` when there are none
 * @param earlier - the latest succeeded execution of each workflow
 * @param own - the owner's prices, or what is wrong with them
 */
export function estimateSteps(
  config: RecSysConfig,
  counts: DataCounts | undefined,
  earlier: readonly EarlierExecution[],
  own: OwnPrices | string | undefined,
): StepEstimate[] {
  return stepsOf(config).map((step) => {
    const stack = step === "Collect" || step === "Assemble" ? "collector" : "core";
    if (counts === undefined) {
      const assumptions = ["there are no data yet: upload the raw files"];
      return { stack, step, seconds: null, usd: null, isRough: false, assumptions };
    }
    const { seconds, assumptions } = secondsOf(step, config, counts, earlier);
    const { usd, isRough, words } = priceOf(step, config, seconds, own);
    return { stack, step, seconds, usd, isRough, assumptions: [...assumptions, ...words] };
  });
}

function secondsOf(
  step: Step,
  config: RecSysConfig,
  counts: DataCounts,
  earlier: readonly EarlierExecution[],
): { readonly seconds: number; readonly assumptions: readonly string[] } {
  const now = secondsOn(step, config, counts);
  for (const { execution, counts: then } of earlier) {
    const cost = stepCosts(execution.events).find((known) => known.step === step);
    if (cost === undefined) continue;
    const growth = now / secondsOn(step, execution.config, then ?? counts);
    const how =
      then === undefined || secondsByGrowth(step, then) === secondsByGrowth(step, counts)
        ? "on as much data"
        : `on ${then.source}, grown with the data`;
    return {
      seconds: cost.seconds * growth,
      assumptions: [`${execution.name} took ${cost.seconds.toFixed(0)} s ${how}`, counts.source],
    };
  }
  const assumptions = [counts.source, "measured on two cores with the default settings"];
  return { seconds: now, assumptions };
}

/** By what was measured, on the instances of a configuration. */
function secondsOn(step: Step, config: RecSysConfig, counts: DataCounts): number {
  const { count } = instancesOf(step, config);
  return secondsByGrowth(step, counts) * timeShare(step, count, counts);
}

interface Price {
  readonly usd: number | null;
  /** Is it by the prices that nobody has looked up? */
  readonly isRough: boolean;
  readonly words: readonly string[];
}

const LEFT_OUT =
  "the instance is taken to be as fast as this machine; its start, storage and requests are not in the price";

function priceOf(
  step: Step,
  config: RecSysConfig,
  seconds: number,
  own: OwnPrices | string | undefined,
): Price {
  const { type, count } = instancesOf(step, config);
  const hours = (count * seconds) / 3600;
  const given = typeof own === "object" ? own.hourly[type] : undefined;
  if (typeof own === "object" && given !== undefined) {
    const words = `${count} × ${type} in ${own.region}, by the prices of ${own.asOf} in ${OWN_PRICES}`;
    return { usd: given * hours, isRough: false, words: [words, LEFT_OUT] };
  }
  const problem = typeof own === "string" ? [own] : [];
  const prices = hourlyPrices(type);
  if (prices === undefined) {
    const words = `no price is known for ${type}; put it into ${OWN_PRICES} in the bucket`;
    return { usd: null, isRough: false, words: [...problem, words] };
  }
  const [first, second] = prices.map((hourly) => hourly * hours);
  const [region, otherRegion] = PRICES.regions;
  return {
    usd: first!,
    isRough: true,
    words: [
      ...problem,
      `${count} × ${type} on demand in ${region}, rough prices of ${PRICES.asOf}, to be looked up; in ${otherRegion} $${second!.toFixed(4)}`,
      LEFT_OUT,
    ],
  };
}
