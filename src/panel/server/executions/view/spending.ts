import { type Execution, jobSpending, readElsewhere } from "../../../../recipe/index.ts";
import type { Spending } from "../../../../schema/index.ts";
import type { Bucket } from "../../../../storage/index.ts";
import { type Price, priceOfHours, readOwnPrices } from "../../configuration/index.ts";

/** What an execution in AWS has cost: the time of its jobs, as SageMaker states it, times the price of their instances. */
export async function spendingOf(
  bucket: Bucket,
  { workflow, name, events }: Execution,
  region: string | undefined,
): Promise<Spending | null> {
  if ((await readElsewhere(bucket, workflow, name)) === undefined) return null;
  const spent = jobSpending(workflow, events);
  const own = await readOwnPrices(bucket);
  const priceOf = (instanceType: string, hours: number): Price => {
    const what = `${hours.toFixed(3)} hours of ${instanceType}`;
    return priceOfHours({ what, instanceType, hours }, own, region);
  };
  const types = new Set(spent.map(({ instanceType }) => instanceType));
  const prices = [...types].map((type) => {
    const hours = spent.filter(({ instanceType }) => instanceType === type);
    return priceOf(
      type,
      hours.reduce((sum, { instanceHours }) => sum + instanceHours, 0),
    );
  });
  return {
    usd: prices.reduce<number | null>(
      (sum, { usd }) => (sum === null || usd === null ? null : sum + usd),
      0,
    ),
    isRough: prices.some(({ isRough }) => isRough),
    states: spent.map(({ state, seconds, instanceType, instanceHours }) => ({
      ...{ state, seconds, usd: priceOf(instanceType, instanceHours).usd },
    })),
    words: prices.flatMap(({ words }) => words),
  };
}
