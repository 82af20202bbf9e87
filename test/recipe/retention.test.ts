import { expect, test } from "vitest";

import { listExecutions, rollback } from "../../src/recipe/index.ts";
import type { StageFolder } from "../../src/schema/index.ts";
import { readManifest, readPointer } from "../../src/storage/index.ts";
import { createShop, SERVING, type Shop } from "./shop.ts";

async function present(shop: Shop, stage: StageFolder): Promise<string[]> {
  const objects = await shop.bucket.list(`${stage}/`);
  const manifests = objects.filter(({ path }) => path.endsWith("/manifest.json"));
  return manifests.map(({ path }) => path.split("/")[1]!);
}

test("keepExecutions old ones are kept, and never less than what is served and what it was made from", async () => {
  const shop = createShop({ keepExecutions: 2 });
  await shop.execute("collector", "data-1");
  await shop.execute("core", "core-1");
  for (const name of ["data-2", "data-3", "data-4"]) await shop.execute("collector", name);
  // core-1 is served and was made from data-1.
  expect(await present(shop, "processed_data")).toEqual(["data-1", "data-3", "data-4"]);
  await shop.execute("core", "core-2", { modelExecution: "core-1" });
  await shop.execute("core", "core-3", { modelExecution: "core-1" });
  await shop.execute("core", "core-4", { modelExecution: "core-1" });
  expect(await present(shop, SERVING)).toEqual(["core-3", "core-4"]);
  expect(await present(shop, "model"), "the served lists were made with it").toEqual(["core-1"]);
  expect((await listExecutions(shop.bucket)).map(({ name }) => name)).toEqual([
    "core-4",
    "core-3",
    "core-2",
    "data-4",
    "data-3",
    "data-2",
    "core-1",
    "data-1",
  ]);
}, 120_000);

test("a roll-back serves what was served before; it is refused when there is none or it is gone", async () => {
  const shop = createShop();
  await expect(rollback(shop.bucket)).rejects.toThrow(/nothing is served yet/);
  await shop.execute("collector", "data");
  await shop.execute("core", "one");
  await expect(rollback(shop.bucket)).rejects.toThrow(/there is none to roll back to/);
  await shop.execute("core", "two", { modelExecution: "one" });
  expect((await readManifest(shop.bucket, SERVING, "two")).inputs["model"]).toBe("one");
  expect(await readPointer(shop.bucket, "model")).toMatchObject({ execution: "one" });
  expect(await rollback(shop.bucket)).toEqual({ served: "one", before: "two" });
  expect(await readPointer(shop.bucket, SERVING)).toMatchObject({
    execution: "one",
    previous: "two",
  });
  await shop.bucket.removeAll(`${SERVING}/two/`);
  await expect(rollback(shop.bucket)).rejects.toThrow(/the artefact of "two".* is gone/);
});
