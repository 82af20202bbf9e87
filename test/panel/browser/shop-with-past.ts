import { appendFileSync, cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { writeSampleShop } from "../../../src/sample/index.ts";
import { recsys } from "../../cli/recsys.ts";

/** A model's quality is nothing to the pages. */
const QUICK = [
  "training.maxEpochs=2",
  "evaluation.bootstrapSamples=100",
  "evaluation.gate.threshold=0",
  "evaluation.gate.compareWithServed=false",
];

const TOO_STRICT = [...QUICK.slice(0, 2), "evaluation.gate.threshold=0.99"];

/** What has happened in the shop, by the names of its executions. */
export const PAST = {
  data: "good-data",
  first: "first-model",
  second: "second-model",
  rejected: "too-strict",
  broken: "broken-data",
} as const;

/**
 * Lets a small shop have a past, by the command line: data with a few bad rows, two models that were served, one that
 * the gate rejected, and at last a delivery that the collector refused.
 *
 * @returns the bucket
 */
export async function liveAPast(folder: string): Promise<string> {
  const bucket = join(folder, "bucket");
  const shop = join(folder, "shop");
  const broken = join(folder, "broken");
  await writeSampleShop(shop, { users: 300, items: 120, interactions: 6000 });
  cpSync(shop, broken, { recursive: true });
  const interactions = "user_item_interactions.csv";
  appendFileSync(join(shop, interactions), "x1,,3,1,1700000000,recsys\nx2,4,5,much,1700000000,a\n");
  writeFileSync(join(broken, interactions), "interaction_id,user_id,item_id\n1,2\n2,3\n");
  const run = async (workflow: string, name: string, settings = QUICK, ...more: string[]) => {
    const flags = settings.flatMap((setting) => ["--set", setting]);
    const place = ["--bucket", bucket, "--name", name];
    return recsys(["execute", workflow, ...place, ...flags, ...more]);
  };
  const ends = [
    await run("collector", PAST.data, QUICK, "--raw", shop),
    await run("core", PAST.first),
    await run("core", PAST.second, [...QUICK, "training.seed=2"]),
    await run("core", PAST.rejected, TOO_STRICT),
    await run("collector", PAST.broken, QUICK, "--raw", broken),
  ];
  const wentWrong = ends.slice(0, 3).find(({ code }) => code !== 0);
  if (wentWrong !== undefined) throw new Error(`the shop has no past:\n${wentWrong.stderr}`);
  if (ends.slice(3).some(({ code }) => code === 0)) throw new Error("nothing was refused");
  return bucket;
}
