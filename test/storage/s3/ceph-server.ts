import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { cephConfiguration, cephEnvironment, cephProgram } from "./ceph-programs.ts";
import { CREDENTIALS, freePort, type S3Server, serverAt, untilItAnswers } from "./s3-server.ts";

/**
 * Starts the smallest Ceph that answers in S3's language: a monitor, a store in memory and the gateway before them, on
 * free ports of this machine, without passwords among themselves. It takes some 15 seconds.
 */
export async function startCeph(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), "recsys-ceph-"));
  const cluster = new Cluster(folder);
  try {
    await cluster.start();
    const port = await cluster.gateway();
    return serverAt(port, () => cluster.stop());
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

class Cluster {
  readonly #folder: string;
  readonly #daemons: ChildProcess[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The monitor and the store. */
  async start(): Promise<void> {
    const fsid = randomUUID();
    const addresses = `[v2:127.0.0.1:${await freePort()},v1:127.0.0.1:${await freePort()}]`;
    await writeFile(this.#at("ceph.conf"), cephConfiguration(this.#folder, fsid, addresses));
    await mkdir(this.#at("mon"));
    await mkdir(this.#at("osd"));
    const [keyring, monitors, stores] = ["keyring", "monmap", "osdmap"].map((name) => this.#at(name)); // prettier-ignore
    const rights = ["mon", "osd", "mgr"].flatMap((part) => ["--cap", part, "allow *"]);
    run("ceph-authtool", "--create-keyring", keyring!, "--gen-key", "-n", "mon.");
    run("ceph-authtool", keyring!, "--gen-key", "-n", "client.admin", ...rights);
    run("monmaptool", "--create", "--fsid", fsid, "--addv", "a", addresses, monitors!);
    // A map in which the store is already, so that nobody needs to ask the monitor for a place in it.
    run("osdmaptool", "--createsimple", "1", stores!);
    this.#run("ceph-mon", "--mkfs", "-i", "a", "--monmap", monitors!, "--osdmap", stores!);
    this.#daemon("ceph-mon", "-i", "a");
    this.#run("ceph-osd", "--mkfs", "-i", "0", "--osd-uuid", randomUUID());
    this.#daemon("ceph-osd", "-i", "0");
  }

  /** What speaks S3's language, at the port that is given. */
  async gateway(): Promise<number> {
    const port = await freePort();
    // It insists on passwords with the monitor unless it is told otherwise.
    const client = ["-n", "client.admin", "--no-mon-config", "--ms-mon-client-mode=crc"];
    const user = ["--uid=tests", "--display-name=tests"];
    const { AWS_ACCESS_KEY_ID: name, AWS_SECRET_ACCESS_KEY: secret } = CREDENTIALS;
    const keys = [`--access-key=${name}`, `--secret-key=${secret}`];
    this.#run("radosgw-admin", ...client, "user", "create", ...user, ...keys);
    const frontend = `beast endpoint=127.0.0.1:${port}`;
    const gateway = this.#daemon("radosgw", ...client, "--rgw-frontends", frontend);
    await untilItAnswers(port, () => gateway.exitCode !== null);
    return port;
  }

  async stop(): Promise<void> {
    for (const daemon of this.#daemons) {
      if (daemon.exitCode !== null) continue;
      daemon.kill("SIGKILL");
      await once(daemon, "exit");
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  #run(program: string, ...args: readonly string[]): void {
    run(program, "-c", this.#at("ceph.conf"), ...args);
  }

  #daemon(program: string, ...args: readonly string[]): ChildProcess {
    const child = spawn(cephProgram(program), ["-f", "-c", this.#at("ceph.conf"), ...args], {
      env: cephEnvironment(),
      stdio: "ignore",
    });
    this.#daemons.push(child);
    return child;
  }

  #at(name: string): string {
    return join(this.#folder, name);
  }
}

/** @throws Error with what the program says where it fails, or does not end in a minute */
function run(program: string, ...args: readonly string[]): void {
  execFileSync(cephProgram(program), args, {
    env: cephEnvironment(),
    stdio: "pipe",
    timeout: 60_000,
  });
}
