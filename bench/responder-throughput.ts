/*
 * Requests per second of the responder, 2 users × 10 items with attributes each, on one core, as a
 * share of what the same framework reaches with those bytes in one constant buffer (goal: 0.55).
 *
 * The servers are processes of their own and take turns; this process makes the load.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { load, type LoadResult } from "./http-load.ts";
import { serveBenchShop, USERS } from "./responder-shop.ts";
import { folderBucket } from "../src/storage/index.ts";

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
}
interface Measurement extends LoadResult {
  readonly cpuMicroseconds: number;
}

const GOAL = 0.55;
const ROUNDS = 7;
const LOAD = { connections: 64, seconds: 2 };

const folder = await mkdtemp(join(tmpdir(), "recsys-bench-"));
const servers: Server[] = [];
try {
  await serveBenchShop(folderBucket(folder, "prefix"));
  const responder = await startServer("responder", folder);
  const answer = await fetch(`http://127.0.0.1:${responder.port}${pathOf(1)}`);
  const constant = await startServer("constant", await answer.text());
  for (const server of servers) await measure(server); // warm up

  const ceilings: Measurement[] = [];
  const results: Measurement[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const ceiling = await measure(constant);
    const result = await measure(responder);
    ceilings.push(ceiling);
    results.push(result);
    console.log(`round ${round}: constant ${shown(ceiling)} · responder ${shown(result)}`);
  }
  const ratio = median(results, "requestsPerSecond") / median(ceilings, "requestsPerSecond");
  const cpuRatio = median(ceilings, "cpuMicroseconds") / median(results, "cpuMicroseconds");
  console.log(
    `responder / constant: ${ratio.toFixed(2)} of the requests per second, ${cpuRatio.toFixed(2)} ` +
      `by processor time per request (medians of ${ROUNDS} rounds, goal ${GOAL})`,
  );
  if (ratio < GOAL) process.exitCode = 1;
} finally {
  for (const { child } of servers) child.kill();
  await rm(folder, { recursive: true, force: true });
}

function pathOf(request: number): string {
  const user = 1 + ((request * 7919) % USERS);
  const other = 1 + ((request * 104_729) % USERS);
  return `/recommend/item-to-user?type=items2users&id_list=${user},${other}&k=10&novel_only=1&return_attributes=1`;
}

async function startServer(kind: string, argument: string): Promise<Server> {
  const child = fork(new URL("responder-servers.ts", import.meta.url), [kind, argument]);
  const server = { child, port: await nextNumber(child) };
  servers.push(server);
  return server;
}

async function measure(server: Server): Promise<Measurement> {
  const before = await cpuMicroseconds(server);
  const result = await load(server.port, pathOf, LOAD);
  const used = (await cpuMicroseconds(server)) - before;
  return { ...result, cpuMicroseconds: used / result.requests };
}

function cpuMicroseconds({ child }: Server): Promise<number> {
  child.send("cpu");
  return nextNumber(child);
}

async function nextNumber(child: ChildProcess): Promise<number> {
  const answered = new AbortController();
  const { signal } = answered;
  const message = once(child, "message", { signal });
  const exit = once(child, "exit", { signal }).then(() => {
    throw new Error("a server ended");
  });
  exit.catch(() => undefined); // told below if it comes first, and of no interest after
  const values = await Promise.race([message, exit]).finally(() => {
    answered.abort();
  });
  return Number(values[0]);
}

function median(measurements: readonly Measurement[], figure: keyof Measurement): number {
  const values = measurements.map((measurement) => measurement[figure]);
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function shown(measured: Measurement): string {
  const { requestsPerSecond, p50Milliseconds, p99Milliseconds, cpuMicroseconds } = measured;
  const busy = (requestsPerSecond * cpuMicroseconds) / 1e6; // well below 1, the load was the limit
  return (
    `${requestsPerSecond.toFixed(0)}/s (p50 ${p50Milliseconds.toFixed(1)} ms, ` +
    `p99 ${p99Milliseconds.toFixed(1)} ms, ${cpuMicroseconds.toFixed(1)} µs of processor time each, ` +
    `${(100 * busy).toFixed(0)} % busy)`
  );
}
