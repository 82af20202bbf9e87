import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect, test } from "vitest";

import { functionCode } from "../../src/cloud/deployer/function-code.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import { temporaryBucket, temporaryFolder } from "../storage/temporary-folder.ts";

const CONFIG = RecSysConfig.parse({ bucketPrefix: "shop" });

async function zipWith(text: string): Promise<string> {
  const file = join(await temporaryFolder(), "recsys-responder.zip");
  writeFileSync(file, text);
  return file;
}
const keyOf = (text: string) =>
  `shop/dist/recsys-responder-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.zip`;

test("the function of this package is put into the owner's bucket, under a name of its content, once it is deployed", async () => {
  const bucket = await temporaryBucket();
  const packaged = pathToFileURL(await zipWith("the package's"));
  const { key, keep } = await functionCode(bucket, CONFIG, { packaged });
  expect(key).toBe(keyOf("the package's"));
  expect(await bucket.list("dist/")).toEqual([]); // whoever only looks changes nothing
  await keep();
  await keep();
  const path = key.replace("shop/", "");
  expect((await bucket.list("dist/")).map((object) => object.path)).toEqual([path]);
  expect(Buffer.from(await bucket.read(path)).toString()).toBe("the package's");
});

test("a file that is given counts before the package's", async () => {
  const packaged = pathToFileURL(await zipWith("the package's"));
  const file = await zipWith("my own");
  const { key } = await functionCode(await temporaryBucket(), CONFIG, { file, packaged });
  expect(key).toBe(keyOf("my own"));
});

test("where there is none, the message says where to get it", async () => {
  const packaged = pathToFileURL(join(await temporaryFolder(), "recsys-responder.zip"));
  await expect(functionCode(await temporaryBucket(), CONFIG, { packaged })).rejects.toThrow(
    "set aws.release, or --code recsys-responder.zip of a release",
  );
});
