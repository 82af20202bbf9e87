import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import {
  ArtefactWriter,
  type Bucket,
  ObjectNotFoundError,
  publish,
  readManifest,
  readPointer,
  vector,
} from "../../src/storage/index.ts";
import { temporaryBucket, temporaryFolder } from "./temporary-folder.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

async function finished(bucket: Bucket, execution: string, text = "x"): Promise<string> {
  const artefact = new ArtefactWriter(bucket, "model", execution);
  await artefact.write("text", text);
  return artefact.finish({ createdAtSeconds: 0, inputs: {}, content: {} });
}

test("the manifest names every file with its size and sha256, however it was written", async () => {
  const bucket = await temporaryBucket();
  const local = join(await temporaryFolder(), "local");
  await writeFile(local, "from disk");
  const artefact = new ArtefactWriter(bucket, "model", "core-1");
  await artefact.write("whole", "whole");
  const pieces = await artefact.create("pieces");
  await pieces.write("in ");
  await pieces.write("pieces");
  await pieces.close();
  await artefact.upload("disk", local);
  await artefact.writeTensors("tensors", { x: vector(Uint8Array.of(1)) });
  const hash = await artefact.finish({
    createdAtSeconds: 86_400,
    inputs: { processed_data: "collector-1" },
    content: { any: 1 },
  });

  const manifest = await readManifest(bucket, "model", "core-1");
  expect(manifest).toMatchObject({
    kind: "model",
    execution: "core-1",
    createdAt: "1970-01-02T00:00:00.000Z",
    inputs: { processed_data: "collector-1" },
    content: { any: 1 },
  });
  expect(Object.keys(manifest.files)).toEqual(["disk", "pieces", "tensors", "whole"]);
  expect(manifest.files["whole"]).toEqual({ bytes: 5, sha256: sha256("whole") });
  expect(manifest.files["pieces"]).toEqual({ bytes: 9, sha256: sha256("in pieces") });
  expect(manifest.files["disk"]).toEqual({ bytes: 9, sha256: sha256("from disk") });
  const text = Buffer.from(await bucket.read("model/core-1/manifest.json")).toString("utf8");
  expect(hash).toBe(sha256(text));
});

test("an artefact without a manifest does not exist yet", async () => {
  const bucket = await temporaryBucket();
  await new ArtefactWriter(bucket, "model", "core-1").write("text", "x");
  await expect(readManifest(bucket, "model", "core-1")).rejects.toThrow(ObjectNotFoundError);
  await expect(publish(bucket, "model", "core-1")).rejects.toThrow(ObjectNotFoundError);
  expect(await readPointer(bucket, "model")).toBeUndefined();
});

test("publishing moves the pointer and remembers where it came from; a roll-back is one more", async () => {
  const bucket = await temporaryBucket();
  const first = await finished(bucket, "core-1");
  const second = await finished(bucket, "core-2");
  const pointer = () => readPointer(bucket, "model");
  await publish(bucket, "model", "core-1");
  expect(await pointer()).toEqual({ execution: "core-1", manifestSha256: first, previous: null });
  await publish(bucket, "model", "core-2");
  await publish(bucket, "model", "core-2");
  const now = { execution: "core-2", manifestSha256: second, previous: "core-1" };
  expect(await pointer()).toEqual(now);
  await publish(bucket, "model", "core-1");
  expect(await pointer()).toMatchObject({ execution: "core-1", previous: "core-2" });
});

test("an execution that finished its artefact twice is published with the second manifest", async () => {
  const bucket = await temporaryBucket();
  await finished(bucket, "core-0");
  await publish(bucket, "model", "core-0");
  await finished(bucket, "core-1", "before the crash");
  await publish(bucket, "model", "core-1");
  const again = await finished(bucket, "core-1", "after the crash");
  await publish(bucket, "model", "core-1");
  expect(await readPointer(bucket, "model")).toEqual({
    execution: "core-1",
    manifestSha256: again,
    previous: "core-0",
  });
});

test("of executions published at the same time none is lost from the chain", async () => {
  const bucket = await temporaryBucket();
  for (const name of ["a", "b", "c"]) await finished(bucket, name);
  await Promise.all(["a", "b", "c"].map((name) => publish(bucket, "model", name)));
  const pointer = await readPointer(bucket, "model");
  expect(["a", "b", "c"]).toContain(pointer?.execution);
  expect(["a", "b", "c"]).toContain(pointer?.previous);
  expect(pointer?.previous).not.toBe(pointer?.execution);
});
