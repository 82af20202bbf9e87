import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";

import { s3Bucket } from "../../../src/storage/s3/s3-bucket.ts";
import { s3Client } from "../../../src/storage/s3/s3-client.ts";
import type { Bucket } from "../../../src/storage/index.ts";
import { missingPython, PYTHON } from "../../python.ts";

/** Why tests against a real S3 server are skipped, undefined where they are not. */
export const NO_S3_SERVER = missingPython("ministack");

export interface S3Server {
  readonly port: number;
  /** What a process needs to find the server. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts MiniStack, an emulator with an S3 server of its own, on a free port of this machine. */
export async function startS3Server(): Promise<S3Server> {
  const port = await freePort();
  const child = spawn(PYTHON, ["-m", "ministack.app"], {
    stdio: "ignore",
    env: {
      PATH: process.env["PATH"],
      GATEWAY_PORT: String(port),
      BIND_HOST: "127.0.0.1",
      // Otherwise one of its listeners is open to all addresses.
      IOT_MTLS_ENABLED: "0",
      ...CREDENTIALS,
    },
  });
  const ended = new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
  await untilItAnswers(port, () => child.exitCode !== null);
  return serverAt(port, async () => {
    child.kill("SIGKILL");
    await ended;
  });
}

/** A server that answers at a port of this machine to the credentials of the tests. */
export function serverAt(port: number, stop: () => Promise<void>): S3Server {
  return { port, environment: environmentOf(port), stop };
}

/** The environment of a client of the server, or of what stands before it, at a port. */
export function environmentOf(port: number): Readonly<Record<string, string>> {
  return { ...CREDENTIALS, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` };
}

/** An empty bucket on the server, read and written by way of `port`. */
export async function emptyS3Bucket(server: S3Server, port = server.port): Promise<Bucket> {
  const name = `bucket-${++buckets}`;
  await createS3Bucket(server, name);
  return openS3Bucket(server, name, "some/prefix/", port);
}

/** A bucket on the server, until the test ends. */
export function openS3Bucket(
  server: S3Server,
  name: string,
  prefix: string,
  port = server.port,
): Bucket {
  const client = clientAt(port);
  onTestFinished(() => {
    client.destroy();
  });
  return s3Bucket({ client, url: `s3://${name}`, name, prefix });
}

export async function createS3Bucket(server: S3Server, name: string): Promise<void> {
  const client = clientAt(server.port);
  await client.send(new CreateBucketCommand({ Bucket: name }));
  client.destroy();
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Those that all servers of the tests know. */
export const CREDENTIALS = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
let buckets = 0;

/** A client of the server, or of what stands before it, at a port; destroy it. */
export function clientAt(port: number): ReturnType<typeof s3Client> {
  Object.assign(process.env, CREDENTIALS);
  return s3Client(environmentOf(port));
}

/** Waits until there is a server at the port; fails where its process has ended. */
export async function untilItAnswers(port: number, hasEnded: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (hasEnded()) throw new Error("the S3 server has ended at once");
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer !== undefined) return;
    await sleep(100);
  }
  throw new Error("the S3 server does not answer");
}
