import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

import { PYTHON } from "../python.ts";

/** An emulator of AWS on this machine, asked over its own HTTP API. */
export interface Emulator {
  readonly url: string;
  /** A call of a service with the query protocol (CloudFormation, IAM); gives the XML. */
  readonly query: (service: string, fields: Readonly<Record<string, string>>) => Promise<string>;
  /** A call of a service with the JSON protocol (Step Functions, Logs). */
  readonly json: (service: string, target: string, body: object) => Promise<Answer>;
  /** A call of a service with REST (S3, API Gateway, Lambda). */
  readonly rest: (
    service: string,
    method: string,
    path: string,
    body?: string | Buffer,
  ) => Promise<string>;
  readonly stop: () => Promise<void>;
}
export type Answer = Readonly<Record<string, unknown>>;

/** Starts `python -m <module>` and waits until it answers. */
export async function startEmulator(
  module: string,
  {
    args = () => [],
    environment = () => ({}),
  }: {
    readonly args?: (port: number) => readonly string[];
    readonly environment?: (port: number) => Readonly<Record<string, string>>;
  },
): Promise<Emulator> {
  const port = await freePort();
  const child = spawn(PYTHON, ["-m", module, ...args(port)], {
    stdio: "ignore",
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      ...environment(port),
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url);
  const call = async (
    service: string,
    { method = "POST", path = "/", headers = {}, body }: Call,
  ): Promise<string> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: signature(service), ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : new Uint8Array(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} ${method} ${path}: ${response.status} ${text}`);
    return text;
  };
  return {
    url,
    query: (service, fields) =>
      call(service, {
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(fields).toString(),
      }),
    json: async (service, target, body) =>
      JSON.parse(
        await call(service, {
          headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": target },
          body: JSON.stringify(body),
        }),
      ) as Answer,
    rest: (service, method, path, body) =>
      call(service, { method, path, ...(body === undefined ? {} : { body }) }),
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Emulators read the service from the signature's scope, and check nothing. */
function signature(service: string): string {
  return `AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries > 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
