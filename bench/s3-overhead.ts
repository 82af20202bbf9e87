/**
 * What the whole path, collector and core, takes with its bucket in S3 against a folder, in turn: the ratio of the medians, of the
 * time that passes and of that on processors, and what S3 is asked meanwhile. The server, MiniStack, is on this machine, so that this is the cost of the requests themselves;
 * a network's distance comes on top, once a request that is waited for.
 *
 * `node bench/s3-overhead.ts [RUNS]`; 3 runs of each by default. Exits with 1 where S3 takes more than twice as long.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { writeSampleShop } from "../src/sample/index.ts";
import { startMiniStack } from "../test/cloud/mini-stack.ts";
import { missingPython } from "../test/python.ts";

const MAIN = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
const FLOOR = 2;
/** Of a second, in which Linux counts. */
const TICKS = 100;
const SHOP = { users: 1000, items: 500, interactions: 20_000 };
const SETTINGS = ["--set", "training.maxEpochs=3", "--set", "evaluation.gate.threshold=0"];

const LOCATION =
  "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";

const missing = missingPython("ministack");
if (missing === undefined) await measure(Number(process.argv[2] ?? 3));
else console.log(`not measured: ${missing}`);

async function measure(runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "recsys-s3-overhead-"));
  const server = await startMiniStack();
  const asked = new Map<string, number>();
  const counting = await countRequests(Number(new URL(server.url).port), asked);
  try {
    const raw = join(folder, "raw");
    await writeSampleShop(raw, SHOP);
    await server.rest("s3", "PUT", "/overhead", LOCATION);
    const env = {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(counting.address() as AddressInfo).port}`,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    const spent: { readonly folder: Spent[]; readonly s3: Spent[] } = { folder: [], s3: [] };
    for (let run = 0; run < runs; run++) {
      spent.folder.push(await wholePath(join(folder, `bucket-${run}`), raw, {}));
      asked.clear();
      spent.s3.push(await wholePath(`s3://overhead/run-${run}`, raw, env));
    }
    const [wall, processor] = [compared(spent, "wall"), compared(spent, "processor")];
    console.log(`medians of ${runs}: ${wall.text}, ${processor.text}`);
    const counts = [...asked].sort().map(([method, count]) => `${count} ${method}`);
    console.log(`requests of one run in S3: ${counts.join(", ")}`);
    if (wall.ratio > FLOOR) process.exitCode = 1;
  } finally {
    counting.close();
    counting.closeAllConnections();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds. */
interface Spent {
  readonly wall: number;
  readonly processor: number;
}

function compared(
  { folder, s3 }: { readonly folder: readonly Spent[]; readonly s3: readonly Spent[] },
  time: keyof Spent,
): { readonly ratio: number; readonly text: string } {
  const [inFolder, inS3] = [folder, s3].map((all) => median(all.map((one) => one[time])));
  const ratio = inS3! / inFolder!;
  const times = `folder ${inFolder!.toFixed(1)} s, S3 ${inS3!.toFixed(1)} s`;
  return { ratio, text: `${time} ${times}: ${ratio.toFixed(2)} times` };
}

/** @returns what both workflows take */
async function wholePath(bucket: string, raw: string, env: object): Promise<Spent> {
  const [start, before] = [performance.now(), processorSeconds()];
  await recsys(["execute", "collector", "--raw", raw, "--name", "data", "--bucket", bucket], env);
  await recsys(["execute", "core", "--name", "one", "--bucket", bucket], env);
  return { wall: (performance.now() - start) / 1000, processor: processorSeconds() - before };
}

/** What processes that this one has started, and those that they have, spent on processors until they ended; Linux's count. */
function processorSeconds(): number {
  const fields = readFileSync("/proc/self/stat", "latin1")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}

async function recsys(args: readonly string[], env: object): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...args, ...SETTINGS], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: "ignore",
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`recsys ${args.join(" ")} ended with ${code ?? "a signal"}`);
}

/** A way to the server at `target` that counts what goes through it, by method. */
async function countRequests(target: number, asked: Map<string, number>): Promise<Server> {
  const server = createServer((incoming, answer) => {
    const { method = "", url, headers } = incoming;
    asked.set(method, (asked.get(method) ?? 0) + 1);
    const options = { host: "127.0.0.1", port: target, method, path: url, headers };
    const passed = request(options, (response) => {
      answer.writeHead(response.statusCode!, response.headers);
      response.pipe(answer);
    });
    incoming.pipe(passed);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
