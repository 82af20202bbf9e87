import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { freePort } from "../storage/s3/s3-server.ts";

/** Why there is no Redis here, if there is none; Valkey is as good. */
export const NO_REDIS = ["redis-server", "valkey-server"].some(isThere)
  ? undefined
  : "neither redis-server nor valkey-server is installed";
if (NO_REDIS !== undefined) console.warn(`tests of the cluster are skipped: ${NO_REDIS}`);

interface ServerOptions {
  /** Does what it knows outlive a restart? */
  readonly keeps?: boolean;
  readonly password?: string;
}

/** A Redis or Valkey server on this machine. */
export class RedisServer {
  readonly url: string;
  readonly #options: ServerOptions;
  readonly port: number;
  readonly #folder: string;
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, options: ServerOptions) {
    this.port = port;
    this.#folder = folder;
    this.#options = options;
    this.url = `redis://127.0.0.1:${port}`;
  }

  static async start(options: ServerOptions = {}): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), "recsys-redis-"));
    const server = new RedisServer(await freePort(), folder, options);
    await server.up();
    return server;
  }

  async up(): Promise<void> {
    const { keeps = false, password } = this.#options;
    const program = isThere("redis-server") ? "redis-server" : "valkey-server";
    const args = [
      ...["--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.#folder],
      ...["--save", "", "--appendonly", keeps ? "yes" : "no", "--protected-mode", "no"],
      ...(password === undefined ? [] : ["--requirepass", password]),
    ];
    this.#process = spawn(program, args, { stdio: "ignore" });
    while (!(await answers(this.port))) await sleep(20);
  }

  async down(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    this.#process = undefined;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  async stop(): Promise<void> {
    await this.down();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function isThere(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
