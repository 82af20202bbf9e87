import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { recsys, start } from "../cli/recsys.ts";
import { NO_CEPH } from "../storage/s3/ceph-programs.ts";
import { startCeph } from "../storage/s3/ceph-server.ts";
import { cuttingProxy } from "../storage/s3/cutting-proxy.ts";
import {
  clientAt,
  createS3Bucket,
  environmentOf,
  freePort,
  NO_S3_SERVER,
  type S3Server,
  startS3Server,
} from "../storage/s3/s3-server.ts";
import { storedObjects, unfinishedUploads } from "../storage/s3/stored-objects.ts";
import { uploadCuttingProxy } from "../storage/s3/upload-cutting-proxy.ts";
import { filesOf, fingerprints } from "./same-artefacts.ts";

const SERVERS = [
  { name: "MiniStack", missing: NO_S3_SERVER, startServer: startS3Server },
  { name: "Ceph", missing: NO_CEPH, startServer: startCeph },
];
const PREFIX = "RecSys_Recipe_StepFunctions_CDK";
/** Its largest files, 15 MB, go in parts. */
const SHOP = ["--users", "2000", "--items", "110", "--interactions", "24000"];
const QUICK = [
  "training.embeddingSize=16",
  "training.maxEpochs=3",
  "evaluation.bootstrapSamples=100",
  "evaluation.gate.threshold=0",
].flatMap((setting) => ["--set", setting]);
const QUESTIONS = [
  "/recommend/item-to-user?type=items2users&id_list=10,20&k=10&novel_only=1&return_attributes=1",
  "/recommend/user-to-item?type=users2items&id_list=3,4&k=10&rank_by=lift&novel_only=0&return_attributes=0",
  "/recommend/popular?type=popular_items&id_list=10,20&k=5&novel_only=1&return_attributes=1",
];

let folder: string;
let shop: string;
/** What a folder holds and answers: what every bucket in S3 must. */
let expected: { readonly artefacts: readonly string[]; readonly answers: readonly Answer[] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recsys-in-s3-"));
  shop = join(folder, "shop");
  const place = join(folder, "bucket");
  await run(["sample", shop, ...SHOP]);
  await wholePath(place);
  const artefacts = fingerprints(filesOf(join(place, PREFIX)));
  expected = { artefacts, answers: await answers(place) };
  expect(artefacts.length).toBeGreaterThan(60);
  expect(expected.answers.map(({ status }) => status)).toEqual(QUESTIONS.map(() => 200));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

for (const { missing } of SERVERS) if (missing !== undefined) console.log(`skipped: ${missing}`);

describe("Q2 Q64 the whole path in S3 makes and answers what it does in a folder", () => {
  describe.each(SERVERS)("on $name", ({ missing, startServer }) => {
    let server: S3Server;
    beforeAll(async () => {
      if (missing === undefined) server = await startServer();
    });
    afterAll(() => (missing === undefined ? server.stop() : undefined));

    test.skipIf(missing !== undefined)("although connections are cut anywhere", async () => {
      const proxy = await cuttingProxy(server.port);
      // One of three connections breaks off, anywhere in what goes through it.
      proxy.cutAfter(
        Array.from({ length: 120 }, (_, i) => (i % 3 === 0 ? (i * 79_190) % 200_000 : Infinity)),
      );
      await isAsInAFolder("cut-anywhere", proxy.port);
      expect(proxy.cuts()).toBeGreaterThan(10);
    });

    test.skipIf(missing !== undefined)("although uploads break off in the middle", async () => {
      const proxy = await uploadCuttingProxy(server.port, "seed 1");
      await isAsInAFolder("cut-uploads", proxy.port);
      expect(proxy.cuts.length).toBeGreaterThan(50);
      expect(proxy.cuts.filter((cut) => cut.includes("?partNumber=")).length).toBeGreaterThan(1);
    });

    /** Goes the whole path in a new bucket by way of a port, and compares what is in the bucket itself with the folder. */
    async function isAsInAFolder(name: string, port: number): Promise<void> {
      await createS3Bucket(server, name);
      const place = `s3://${name}/shop`;
      await wholePath(place, environmentOf(port));

      const client = clientAt(server.port);
      const objects = await storedObjects(client, name);
      const start = `shop/${PREFIX}/`;
      const within = new Map([...objects].map(([key, bytes]) => [key.replace(start, ""), bytes]));
      expect(fingerprints(within)).toEqual(expected.artefacts);
      expect(await unfinishedUploads(client, name)).toEqual([]);
      client.destroy();
      expect(await answers(place, environmentOf(port))).toEqual(expected.answers);
    }
  });
});

/** Both workflows on the shop. */
async function wholePath(place: string, env = {}): Promise<void> {
  const at = ["--bucket", place, ...QUICK];
  await run(["execute", "collector", "--raw", shop, "--name", "data", ...at], env);
  await run(["execute", "core", "--name", "one", ...at], env);
}

async function run(args: readonly string[], env = {}): Promise<void> {
  const { code, stderr } = await recsys(args, { env });
  expect(stderr + String(code)).toMatch(/0$/);
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What `recsys serve` answers at this place. */
async function answers(place: string, env = {}): Promise<readonly Answer[]> {
  const port = await freePort();
  const args = ["serve", "--bucket", place, "--port", String(port)];
  const serving = start(args, { env });
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
