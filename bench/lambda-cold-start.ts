/*
 * How long the Lambda responder takes from the start of a fresh process to its first answer, and what is in that time:
 * against `node -e 0`, which is the process alone. The recommendations come from an S3 server whose every answer takes
 * 15 ms, about what a trip within a region takes. Shops of 2,000, 20,000 and, with `--large`, 500,000 users.
 */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";

import { changeApiKeys, folderBucket } from "../src/storage/index.ts";
import { serveBenchShop } from "./responder-shop.ts";
import { serveSlowly } from "./slow-s3.ts";

const TRIES = 7;
const TRIP_MILLISECONDS = 15;
/** A cold start is over in less. */
const MOST_MILLISECONDS = 1000;
const KEY = "bench";

const folder = mkdtempSync(join(tmpdir(), "cold-start-"));
const bundle = join(folder, "function");
const script = fileURLToPath(new URL("../scripts/release.mjs", import.meta.url));
execFileSync(process.execPath, [script, "--only", "responder", "--out", bundle], {
  stdio: "pipe",
});
const file = join(folder, "index.mjs");
writeFileSync(file, onlyFileOf(readFileSync(join(bundle, "recsys-responder.zip"))));
const megabytes = statSync(file).size / 1e6;
console.log(`the function: ${megabytes.toFixed(2)} MB (at most 5)`);

const sizes = [
  { users: 2_000, items: 1_000 },
  { users: 20_000, items: 5_000 },
  ...(process.argv.includes("--large") ? [{ users: 500_000, items: 100_000 }] : []),
];
const bare = await median(() => timed(["-e", "0"], {}));
console.log(`node -e 0: ${bare.milliseconds.toFixed(0)} ms`);
let isGood = megabytes < 5;
for (const size of sizes) {
  const shop = join(folder, String(size.users));
  const bucket = folderBucket(shop, "prefix");
  await serveBenchShop(bucket, size);
  // In AWS a key is asked for, and looking it up is part of the start.
  const sha256 = createHash("sha256").update(KEY).digest("hex");
  const createdAt = new Date().toISOString();
  await changeApiKeys(bucket, () => [{ name: "bench", sha256, createdAt, createdBy: "bench" }]);
  const server = await serveSlowly(shop, TRIP_MILLISECONDS);
  const { port } = server.address() as { port: number };
  const event = {
    resource: "/recommend/item-to-user",
    path: "/recommend/item-to-user",
    httpMethod: "GET",
    headers: { "X-API-Key": KEY },
    queryStringParameters: {
      type: "items2users",
      id_list: "10,20",
      k: "10",
      novel_only: "1",
      return_attributes: "1",
    },
  };
  const code = `
    const { handler } = await import(${JSON.stringify(file)});
    const set = performance.now();
    const { statusCode, body } = await handler(${JSON.stringify(event)});
    if (statusCode !== 200) throw new Error(body);
    const first = performance.now() - set;
    const again = performance.now();
    await handler(${JSON.stringify(event)});
    const memory = process.memoryUsage().rss / 1e6;
    console.error(JSON.stringify({ set, first, again: performance.now() - again, memory }));
    process.exit(0);`;
  const cold = await median(() =>
    timed(["--input-type=module", "-e", code], {
      AWS_ACCESS_KEY_ID: "bench",
      AWS_SECRET_ACCESS_KEY: "bench",
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      RECSYS_BUCKET: "s3://bucket",
      RECSYS_BUCKET_PREFIX: "prefix",
    }),
  );
  server.close();
  server.closeAllConnections();
  const inside = JSON.parse(cold.errors) as Record<"set" | "first" | "again" | "memory", number>;
  console.log(
    `${size.users.toLocaleString("en")} users, ${size.items.toLocaleString("en")} items: ` +
      `${cold.milliseconds.toFixed(0)} ms, ${(cold.milliseconds / bare.milliseconds).toFixed(1)} × node -e 0; ` +
      `set up after ${inside.set.toFixed(0)} ms, first answer ${inside.first.toFixed(0)} ms, ` +
      `the same again ${inside.again.toFixed(1)} ms, ${inside.memory.toFixed(0)} MB`,
  );
  if (size.users <= 20_000) isGood &&= cold.milliseconds < MOST_MILLISECONDS;
}
rmSync(folder, { recursive: true });
process.exit(isGood ? 0 : 1);

/** The content of a zip's first file. */
function onlyFileOf(zip: Buffer): Buffer {
  const [packed, nameLength] = [zip.readUInt32LE(18), zip.readUInt16LE(26)];
  return inflateRawSync(zip.subarray(30 + nameLength, 30 + nameLength + packed));
}

interface Timed {
  readonly milliseconds: number;
  readonly errors: string;
}

async function timed(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Timed> {
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env["PATH"], ...environment },
  });
  let errors = "";
  child.stderr.on("data", (piece: Buffer) => (errors += piece.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(errors);
  return { milliseconds: performance.now() - start, errors };
}

/** Of an odd number of tries the middle one. */
async function median(work: () => Promise<Timed>): Promise<Timed> {
  const tries: Timed[] = [];
  for (let i = 0; i < TRIES; i++) tries.push(await work());
  return tries.toSorted((a, b) => a.milliseconds - b.milliseconds)[(TRIES - 1) / 2]!;
}
