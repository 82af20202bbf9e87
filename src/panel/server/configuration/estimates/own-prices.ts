import { z } from "zod";

import { type Bucket, ObjectNotFoundError } from "../../../../storage/index.ts";

/** `prices.json` in the bucket: what the owner really pays, in place of the rough prices. */
export const OWN_PRICES = "prices.json";

const OwnPrices = z.strictObject({
  /** When they were looked up, in the owner's words. */
  asOf: z.string().min(1),
  region: z.string().min(1),
  /** Instance type → dollars an hour. */
  hourly: z.record(z.string(), z.number().nonnegative()),
});
export type OwnPrices = z.infer<typeof OwnPrices>;

/** The owner's prices; a text says what is wrong with the file, and `undefined` that there is none. */
export async function readOwnPrices(bucket: Bucket): Promise<OwnPrices | string | undefined> {
  let text: string;
  try {
    text = Buffer.from(await bucket.read(OWN_PRICES)).toString("utf8");
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return undefined;
    throw error;
  }
  try {
    return OwnPrices.parse(JSON.parse(text));
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")
        : (error as Error).message;
    return `${OWN_PRICES} in the bucket cannot be used (${why}): it needs asOf, region and hourly, the dollars an hour by instance type`;
  }
}
