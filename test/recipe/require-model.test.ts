import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { DataError, type Manifest } from "../../src/schema/index.ts";
import { listExecutions } from "../../src/recipe/index.ts";
import { readManifest } from "../../src/storage/index.ts";
import { createShop } from "./shop.ts";

test("Q48 a model that cannot be used is refused before anything starts, with the reason and the models that can", async () => {
  const shop = createShop();
  await shop.execute("collector", "data");
  const refused = async (modelExecution: string): Promise<string> => {
    const error = await shop
      .execute("core", "new", { modelExecution })
      .catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(DataError);
    return String(error);
  };
  expect(await refused("gone")).toMatch(
    /model\/gone\/manifest\.json: there is no whole model of the execution "gone": no core execution has this name; executions with a whole model: none; .* execute core without --model/,
  );

  await shop.execute("core", "first");
  await shop.execute("core", "second", { modelExecution: "first" });
  expect(await refused("second")).toMatch(
    /it has used the model of "first" and has none of its own; executions with a whole model: first;/,
  );

  writeFileSync(join(shop.folder, "reject"), "");
  await shop.execute("core", "weak");
  await shop.bucket.removeAll("model/weak/"); // the real training leaves no manifest before the gate
  expect(await refused("weak")).toMatch(/of the execution "weak": it was rejected;/);

  const { files, ...rest } = await readManifest(shop.bucket, "model", "first");
  const old: Manifest = { ...rest, files: { "made-by.txt": files["made-by.txt"]! } };
  await shop.bucket.write("model/first/manifest.json", JSON.stringify(old));
  expect(await refused("first")).toMatch(
    /model\/first\/items\.safetensors: the model of "first" was trained by a version that did not keep which items its weights belong to.* execute core without --model/,
  );
  expect((await listExecutions(shop.bucket)).map(({ name }) => name)).not.toContain("new");
}, 120_000);
