import { Command } from "commander";

import { SHOP_DEFAULTS, type ShopOptions } from "../../sample/index.ts";
import { openDestination } from "../output/destination.ts";
import { makeSampleShopAt } from "../sample/make-sample-shop.ts";
import type { OpenSession } from "../session.ts";
import { UsageError } from "../usage-error.ts";

interface SampleFlags {
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
  readonly seed: number;
  readonly explicit?: true;
  readonly header?: true;
  readonly userFeatures?: true;
  readonly probabilities?: true;
}

/** `recsys sample`: raw files of an online shop that never was. */
export function sampleCommand(open: OpenSession): Command {
  return new Command("sample")
    .description("make the raw files of a sample shop; the same options give the same bytes")
    .argument("<place>", "folder, or s3://bucket/prefix, to make; it must not exist yet")
    .option("--users <n>", "customers", Number, SHOP_DEFAULTS.users)
    .option("--items <n>", "articles", Number, SHOP_DEFAULTS.items)
    .option("--interactions <n>", "rows in all", Number, SHOP_DEFAULTS.interactions)
    .option("--seed <n>", "start of the random numbers", Number, SHOP_DEFAULTS.seed)
    .option("--explicit", "stars from 1 to 5 instead of ones")
    .option("--header", "name the columns in the first row")
    .option("--user-features", "write user_features.csv and its description too")
    .option("--probabilities", "write the true interaction probabilities too")
    .addHelpText("after", EXAMPLES)
    .action(async (place: string, flags: SampleFlags, command: Command) => {
      const session = open(command);
      const destination = await openDestination(place);
      if (await destination.isTaken()) {
        throw new UsageError(`${place} exists; choose a folder that does not, or remove it`);
      }
      const { users, items, interactions, seed } = flags;
      const ratings = flags.explicit === true ? "explicit" : "implicit";
      const options: ShopOptions = { users, items, interactions, seed, ratings };
      const files = await asUsage(() =>
        makeSampleShopAt(session, place, options, {
          header: flags.header === true,
          userFeatures: flags.userFeatures === true,
          probabilities: flags.probabilities === true,
        }),
      );
      const lines = files.map((name) => `  ${destination.at(name)}`);
      session.print({ folder: place, options, files }, ["A sample shop:", ...lines].join("\n"));
    });
}

/** Numbers out of range are known by the shop; they come from the flags. */
async function asUsage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

const EXAMPLES = `
Examples:
  recsys sample ./shop
  recsys sample ./shop --users 50000 --items 10000 --interactions 2000000 --seed 7
  recsys sample ./shop --explicit --header --user-features
  recsys sample s3://my-bucket/shop`;
