/**
 * Dollars an hour of SageMaker's processing and training instances on demand, by region.
 *
 * Written down by hand, not fetched, and rough: they have not been held against AWS's price list
 * (aws.amazon.com/sagemaker/pricing). What is shown says so; `prices.json` in the bucket takes their place.
 */
export const PRICES = {
  asOf: "2024-06",
  regions: ["us-east-1", "eu-west-1"],
  hourly: {
    "ml.t3.medium": [0.05, 0.0546],
    "ml.t3.large": [0.1, 0.109],
    "ml.t3.xlarge": [0.2, 0.219],
    "ml.t3.2xlarge": [0.399, 0.438],
    "ml.m5.large": [0.115, 0.128],
    "ml.m5.xlarge": [0.23, 0.257],
    "ml.m5.2xlarge": [0.461, 0.514],
    "ml.m5.4xlarge": [0.922, 1.027],
    "ml.m5.12xlarge": [2.765, 3.082],
    "ml.m5.24xlarge": [5.53, 6.163],
    "ml.c5.xlarge": [0.204, 0.23],
    "ml.c5.2xlarge": [0.408, 0.461],
    "ml.c5.4xlarge": [0.816, 0.922],
    "ml.c5.9xlarge": [1.836, 2.074],
    "ml.c5.18xlarge": [3.672, 4.147],
    "ml.r5.large": [0.151, 0.169],
    "ml.r5.xlarge": [0.302, 0.338],
    "ml.r5.2xlarge": [0.605, 0.677],
    "ml.r5.4xlarge": [1.21, 1.354],
  },
} as const satisfies {
  readonly asOf: string;
  readonly regions: readonly [string, string];
  readonly hourly: Readonly<Record<string, readonly [number, number]>>;
};

/** Dollars an hour in each of the regions, `undefined` for a type that is not in the table. */
export function hourlyPrices(instanceType: string): readonly [number, number] | undefined {
  return new Map<string, readonly [number, number]>(Object.entries(PRICES.hourly)).get(
    instanceType,
  );
}
