import { createHash } from "node:crypto";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Bucket, folderBucket } from "../../src/storage/index.ts";
import { recsys, start } from "../cli/recsys.ts";
import { cuttingProxy } from "../storage/s3/cutting-proxy.ts";
import {
  createS3Bucket,
  environmentOf,
  freePort,
  NO_S3_SERVER,
  openS3Bucket,
  type S3Server,
  startS3Server,
} from "../storage/s3/s3-server.ts";
import { temporaryFolder } from "../storage/temporary-folder.ts";

const PREFIX = "RecSys_Recipe_StepFunctions_CDK";
const QUICK = [
  "training.embeddingSize=16",
  "training.maxEpochs=3",
  "evaluation.bootstrapSamples=100",
  "evaluation.gate.threshold=0",
].flatMap((setting) => ["--set", setting]);
const QUESTIONS = [
  "/recommend/item-to-user?type=items2users&id_list=10,20&k=10&novel_only=1&return_attributes=1",
  "/recommend/user-to-item?type=users2items&id_list=3,4&k=10&rank_by=lift",
  "/recommend/popular?k=5",
];

if (NO_S3_SERVER !== undefined) console.log(`skipped: ${NO_S3_SERVER}`);

describe.skipIf(NO_S3_SERVER !== undefined)("Q2 Q64 the whole path in S3", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.stop());

  test("makes the artefacts of a folder, byte for byte, and serves the same answers, although connections are cut", async () => {
    const folder = await temporaryFolder();
    const shop = join(folder, "shop");
    await run(["sample", shop, "--users", "120", "--items", "60", "--interactions", "2400"]);
    await createS3Bucket(server, "whole-path");
    const proxy = await cuttingProxy(server.port);
    // Two of three connections break off, anywhere in what goes through them: few requests need more than three tries.
    proxy.cutAfter(
      Array.from({ length: 120 }, (_, i) => (i % 3 === 2 ? Infinity : (i * 79_190) % 200_000)),
    );

    const places = {
      folder: { place: join(folder, "bucket"), env: {} },
      s3: { place: "s3://whole-path/shop", env: environmentOf(proxy.port) },
    };
    for (const { place, env } of Object.values(places)) {
      const at = ["--bucket", place, ...QUICK];
      await run(["execute", "collector", "--raw", shop, "--name", "data", ...at], env);
      await run(["execute", "core", "--name", "one", ...at], env);
    }
    expect(proxy.cuts()).toBeGreaterThan(10);

    const ours = await hashes(folderBucket(places.folder.place, PREFIX));
    const theirs = await hashes(openS3Bucket(server, "whole-path", `shop/${PREFIX}/`));
    expect(Object.keys(ours).length).toBeGreaterThan(30);
    expect(theirs).toEqual(ours);

    const [fromFolder, fromS3] = [await answers(places.folder), await answers(places.s3)];
    expect(fromFolder).toHaveLength(QUESTIONS.length);
    expect(fromS3).toEqual(fromFolder);
  });
});

async function run(args: readonly string[], env = {}): Promise<void> {
  const { code, stderr } = await recsys(args, { env });
  expect(stderr + String(code)).toMatch(/0$/);
}

/** sha256 of every file that does not tell when or where it was made. */
async function hashes(bucket: Bucket): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const { path } of await bucket.list("")) {
    if (/^executions\/|manifest\.json$|current\.json$/.test(path)) continue;
    found[path] = createHash("sha256")
      .update(await bucket.read(path))
      .digest("hex");
  }
  return found;
}

/** What `recsys serve` answers at this place. */
async function answers(where: { readonly place: string; readonly env: object }) {
  const port = await freePort();
  const args = ["serve", "--bucket", where.place, "--port", String(port)];
  const serving = start(args, { env: { ...where.env } });
  try {
    await serving.says(String(port));
    return await Promise.all(
      QUESTIONS.map(async (question) => {
        const answer = await fetch(`http://127.0.0.1:${port}${question}`);
        return { status: answer.status, body: await answer.text() };
      }),
    );
  } finally {
    serving.process.kill("SIGINT");
    await serving.ended;
  }
}
