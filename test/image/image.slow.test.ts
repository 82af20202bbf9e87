import { execFileSync } from "node:child_process";
import {
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { executeWorkflow } from "../../src/recipe/index.ts";
import { writeSampleShop } from "../../src/sample/index.ts";
import { RAW_FOLDER, RecSysConfig, type StageFolder } from "../../src/schema/index.ts";
import { type Bucket, folderBucket, readManifest } from "../../src/storage/index.ts";
import {
  createS3Bucket,
  freePort,
  NO_S3_SERVER,
  openS3Bucket,
  startS3Server,
} from "../storage/s3/s3-server.ts";
import { type BuiltImage, builtImage, NO_IMAGE } from "./built-image.ts";
import { type Container, type ContainerOptions, startContainer } from "./container.ts";

const JOB = fileURLToPath(new URL("container-job.ts", import.meta.url));
const SETTINGS = RecSysConfig.parse({
  training: { maxEpochs: 2, embeddingSize: 16 },
  evaluation: { bootstrapSamples: 100 },
  instances: { transform: { instanceCount: 2 } },
});
const SHOP = { users: 200, items: 80, interactions: 4000 };
const MEBIBYTE = 1 << 20;
/** Stages of a workflow, and the execution that the tests give them. */
type Stages = readonly (readonly [StageFolder, string])[];
const COLLECTOR: Stages = [
  ["processed_data", "collector"],
  ["kpi", "collector"],
];
const CORE: Stages = [
  ["model", "core"],
  ["evaluation", "core"],
  ["batch_transform_inference_output", "core"],
];

if (NO_IMAGE !== undefined) console.log(`the image is not tested: ${NO_IMAGE}`);

describe.skipIf(NO_IMAGE !== undefined)("the container image", () => {
  const scratch = mkdtempSync(join(tmpdir(), "recsys-image-test-"));
  let image: BuiltImage;
  beforeAll(() => {
    image = builtImage();
  }, 900_000);
  afterAll(() => {
    image.remove();
    rmSync(scratch, { recursive: true, force: true });
  });
  const start = (options: Omit<ContainerOptions, "image">): Container =>
    startContainer({ image, ...options });

  test("is made for a user without rights, with a health check and its version", () => {
    const { User, Labels, Healthcheck, StopSignal } = image.config;
    expect(User).toBe("65532:0");
    expect(StopSignal).toBe("SIGTERM");
    expect(Healthcheck.Test[0]).toBe("CMD");
    expect(Labels).toMatchObject({
      "org.opencontainers.image.title": "RecSys",
      "org.opencontainers.image.licenses": "Apache-2.0",
    });
    expect(Labels["org.opencontainers.image.version"]).toMatch(/^\d+\.\d+\.\d+/);
  });

  test("holds what runs and no more: no shell, no package manager, nothing that builds or tests, no trace of where it was built", () => {
    const paths = readdirSync(image.rootfs, { recursive: true, encoding: "utf8" });
    for (const path of [
      "app/LICENSE",
      "app/build/kernels.wasm",
      "app/build/panel/index.html",
      "app/build/recsys-responder.zip",
      "app/src/recipe/job.ts",
      "usr/local/bin/node",
      "usr/local/share/doc/node/LICENSE",
    ]) {
      expect(paths).toContain(path);
    }
    const unwanted =
      /(^|\/)(ba|da)?sh$|(^|\/)(npm|apt|dpkg|ldd)$|(^|\/)(test|\.git|\.venv|\.npmrc|\.env)(\/|$)|node_modules\/(typescript|vitest|vite|aws-cdk-lib|react|node-linux)|\.map$|\.d\.ts$|package-lock|\.pem$|src\/(cloud\/stacks|panel\/web)\//;
    expect(paths.filter((path) => unwanted.test(path))).toEqual([]);
    const bytes = paths
      .map((path) => lstatSync(join(image.rootfs, path)))
      .reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
    console.log(`the image has ${Math.round(bytes / MEBIBYTE)} MiB`);
    expect(bytes).toBeLessThan(300 * MEBIBYTE);
  });

  test("Q2 every job of both workflows runs in it as SageMaker starts it, without rights and on a read-only root, and makes the same bytes", async () => {
    const inside = join(scratch, "inside");
    process.env["CONTAINER_IMAGE"] = JSON.stringify({ config: image.config, rootfs: image.rootfs });
    await execute(inside, { jobEntry: JOB });
    const made = await artefacts(folderOf(inside));
    expect(Object.keys(made).length).toBeGreaterThan(25);
    expect(made).toEqual(await artefacts(folderOf(await outside())));
  });

  test.skipIf(NO_S3_SERVER !== undefined)(
    "Q2 the collector runs in it on a bucket in S3, with nothing mounted but the files, to the same bytes",
    async () => {
      const server = await startS3Server();
      onTestFinished(() => server.stop());
      await createS3Bucket(server, "image");
      const raw = join(scratch, "raw");
      await writeSampleShop(raw, SHOP);
      const { code, output } = await start({
        args: "execute collector --raw /raw --bucket s3://image --name collector".split(" "),
        environment: { ...server.environment, AWS_REGION: "us-east-1" },
        mounts: { [raw]: "/raw" },
      }).ended;
      expect(code, output).toBe(0);
      const bucket = openS3Bucket(server, "image", `${SETTINGS.bucketPrefix}/`);
      const made = await artefacts(bucket, COLLECTOR);
      expect(Object.keys(made).length).toBeGreaterThan(8);
      expect(made).toEqual(await artefacts(folderOf(await outside()), COLLECTOR));
    },
  );

  test("a job that fails says why in /opt/ml/output/failure, and ends with 1", async () => {
    const ml = folderFor("failing", 65532);
    const { code, output } = await start({ args: ["train"], mounts: { [ml]: "/opt/ml" } }).ended;
    expect(code).toBe(1);
    expect(output).toContain("resourceconfig.json");
    const failure = readFileSync(join(ml, "output", "failure"), "utf8");
    expect(failure).toBe("/opt/ml has no config/resourceconfig.json: no job was started there");
  });

  test("a job that may not write to /opt/ml still ends with 1 and both reasons in the log", async () => {
    const ml = folderFor("closed", 0);
    const { code, output } = await start({ args: ["train"], mounts: { [ml]: "/opt/ml" } }).ended;
    expect(code).toBe(1);
    expect(output).toContain("no job was started there");
    expect(output).toContain("run the container as a user who may write there");
  });

  test("a training that is stopped by SIGTERM ends at once, and says so", async () => {
    const [ml, bucket] = [folderFor("stopped", 65532), join(scratch, "stopped-bucket")];
    cpSync(await outside(), bucket, { recursive: true });
    rmSync(join(bucket, SETTINGS.bucketPrefix, "model"), { recursive: true });
    execFileSync("chown", ["-R", image.config.User, bucket]);
    mkdirSync(join(ml, "input", "config"), { recursive: true });
    writeFileSync(
      join(ml, "input", "config", "resourceconfig.json"),
      JSON.stringify({ current_host: "algo-1", hosts: ["algo-1"] }),
    );
    execFileSync("chown", ["-R", image.config.User, ml]);
    const job = start({
      args: ["train"],
      environment: {
        RECSYS_BUCKET: "/bucket",
        RECSYS_PREFIX: SETTINGS.bucketPrefix,
        RECSYS_WORKFLOW: "core",
        RECSYS_EXECUTION: "core",
        RECSYS_STARTED_AT: "2026-01-01T00:00:00Z",
      },
      mounts: { [ml]: "/opt/ml", [bucket]: "/bucket" },
    });
    await expect.poll(() => job.output(), { timeout: 60_000 }).toContain('{"progress":');
    const asked = performance.now();
    job.kill("TERM");
    expect(await job.ended).toMatchObject({ code: 143 });
    expect(performance.now() - asked).toBeLessThan(5000);
    expect(readFileSync(join(ml, "output", "failure"), "utf8")).toBe("the job was stopped");
  });

  test("serve answers from an exported model as SageMaker asks, with the lists that the transform has made", async () => {
    const ml = folderFor("scoring", 65532);
    const bucket = await outside();
    const exported = start({
      args: ["export-model", "/opt/ml/model", "--bucket", "/bucket"],
      mounts: { [ml]: "/opt/ml", [bucket]: "/bucket" },
    });
    expect(await exported.ended).toMatchObject({ code: 0 });
    const port = String(await freePort());
    const server = start({
      args: ["serve"],
      environment: { SAGEMAKER_BIND_TO_PORT: port },
      mounts: { [ml]: "/opt/ml" },
    });
    await expect.poll(() => server.health(), { timeout: 60_000, interval: 500 }).toBe(0);
    expect((await fetch(`http://127.0.0.1:${port}/ping`)).status).toBe(200);
    const lists = listsIn(bucket);
    expect(lists.size).toBe(SHOP.users);
    const answer = await fetch(`http://127.0.0.1:${port}/invocations`, {
      method: "POST",
      headers: { "content-type": "application/jsonlines" },
      body: [...lists.keys()].map((user_id) => JSON.stringify({ user_id, k: 1000 })).join("\n"),
    });
    expect(answer.status).toBe(200);
    const lines = (await answer.text()).trim().split("\n");
    for (const line of lines) {
      const { user_id, recommendations } = JSON.parse(line) as {
        user_id: number;
        recommendations: object;
      };
      expect(recommendations).toEqual(lists.get(user_id));
    }
    expect(lines).toHaveLength(lists.size);
    server.kill("TERM");
    expect(await server.ended).toMatchObject({ code: 0 });
  });

  test("is the command line too, also for a user that nobody has heard of", async () => {
    const data = folderFor("anyone", 123_456);
    const one = { user: "123456:0", mounts: { [data]: "/data" } };
    expect(await start({ ...one, args: ["recsys", "--version"] }).ended).toMatchObject({ code: 0 });
    const sample = ["sample", "shop", "--users", "30", "--items", "20", "--interactions", "300"];
    expect(await start({ ...one, args: sample }).ended).toMatchObject({ code: 0 });
    expect(readdirSync(join(data, "shop"))).toContain("user_item_interactions.csv");
    const wrong = await start({ ...one, args: ["recsys", "no-such-command"] }).ended;
    expect(wrong).toMatchObject({ code: 2 });
  });

  test("the panel starts on a volume, turns healthy, and stops at once when told to", async () => {
    const data = folderFor("panel", 65532);
    const port = String(await freePort());
    const panel = start({ args: ["panel", "--port", port], mounts: { [data]: "/data" } });
    await expect.poll(() => panel.health(), { timeout: 60_000, interval: 500 }).toBe(0);
    await expect.poll(() => panel.output()).toContain("This link makes you the admin");
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect(await page.text()).toMatch(/<!doctype html>/i);
    const asked = performance.now();
    panel.kill("TERM");
    expect(await panel.ended).toMatchObject({ code: 0 });
    expect(performance.now() - asked).toBeLessThan(5000);
  });

  test("a server that does not answer is unhealthy", async () => {
    const port = String(await freePort());
    const data = folderFor("unhealthy", 65532);
    const panel = start({ args: ["panel", "--port", port], mounts: { [data]: "/data" } });
    await expect.poll(() => panel.health(), { timeout: 60_000, interval: 500 }).toBe(0);
    panel.kill("STOP");
    expect(panel.health()).toBe(1);
    panel.kill("CONT");
    panel.kill("TERM");
    await panel.ended;
  });

  let executed: Promise<string> | undefined;

  /** The folder of a bucket that both workflows were executed in without a container. */
  function outside(): Promise<string> {
    executed ??= execute(join(scratch, "outside"));
    return executed;
  }

  /** A folder of a user's, to be mounted. */
  function folderFor(name: string, uid: number): string {
    const folder = join(scratch, name);
    mkdirSync(folder, { mode: 0o755 });
    chownSync(folder, uid, 0);
    return folder;
  }
});

/** Executes both workflows on a small sample shop in a new bucket's folder. */
async function execute(folder: string, options: { jobEntry?: string } = {}): Promise<string> {
  const raw = join(folder, SETTINGS.bucketPrefix, RAW_FOLDER);
  await writeSampleShop(raw, SHOP);
  const bucket = folderOf(folder);
  for (const workflow of ["collector", "core"] as const) {
    const run = { bucket, workflow, name: workflow, config: SETTINGS, ...options };
    expect(await executeWorkflow(run)).toMatchObject({ status: "succeeded" });
  }
  return folder;
}

/** The lists that the transform has made, by user. */
function listsIn(folder: string): ReadonlyMap<number, readonly object[]> {
  const file = "batch_transform_inference_output/core/items2users.jsonl";
  const lists = new Map<number, object[]>();
  for (const line of readFileSync(join(folder, SETTINGS.bucketPrefix, file), "utf8")
    .trim()
    .split("\n")) {
    const { user_id, item_id, interaction_probability } = JSON.parse(line) as Record<
      string,
      number
    >;
    const list = lists.get(user_id!) ?? [];
    list.push({ item_id, interaction_probability });
    lists.set(user_id!, list);
  }
  return lists;
}

function folderOf(folder: string): Bucket {
  return folderBucket(folder, SETTINGS.bucketPrefix);
}

/** The bytes that the stages made, as hashes; a page for people also shows the time it was made. */
async function artefacts(
  bucket: Bucket,
  stages: Stages = [...COLLECTOR, ...CORE],
): Promise<Readonly<Record<string, string>>> {
  const made: Record<string, string> = {};
  for (const [stage, execution] of stages) {
    const { files } = await readManifest(bucket, stage, execution);
    for (const [name, { sha256 }] of Object.entries(files)) {
      if (!name.endsWith(".html")) made[`${stage}/${name}`] = sha256;
    }
  }
  return made;
}
