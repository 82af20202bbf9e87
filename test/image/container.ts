import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { BuiltImage } from "./built-image.ts";

export interface ContainerOptions {
  readonly image: Pick<BuiltImage, "config" | "rootfs">;
  /** What follows the entry point; by default the image's command. */
  readonly args?: readonly string[];
  /** Instead of the image's. */
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** `uid:gid` instead of the image's. */
  readonly user?: string;
  /** Folder of this machine → where it is inside, and may be written to. */
  readonly mounts?: Readonly<Record<string, string>>;
}

export interface Container {
  readonly process: ChildProcess;
  readonly ended: Promise<{ readonly code: number; readonly output: string }>;
  readonly output: () => string;
  kill(signal: string): void;
  /** Runs the image's health check inside, and gives its exit code. */
  health(): number;
}

/**
 * Starts a container of the image with runc: the root file system is read-only, there are no capabilities, and written can
 * be only to `/tmp` and the mounts. It shares the machine's network.
 */
export function startContainer(options: ContainerOptions): Container {
  const folder = mkdtempSync(join(tmpdir(), "recsys-container-"));
  const id = `recsys-${randomUUID()}`;
  writeFileSync(join(folder, "config.json"), JSON.stringify(bundle(options)));
  const state = join(folder, "state");
  mkdirSync(state);
  const child = spawn("runc", ["--root", state, "run", "--bundle", folder, id], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const ended = once(child, "close").then(([code]) => {
    rmSync(folder, { recursive: true, force: true });
    return { code: code as number, output };
  });
  return {
    process: child,
    ended,
    output: () => output,
    kill(signal) {
      execFileSync("runc", ["--root", state, "kill", id, signal]);
    },
    health() {
      const [kind, ...command] = options.image.config.Healthcheck.Test;
      if (kind !== "CMD")
        throw new Error(`a health check without a shell is CMD, got ${kind ?? ""}`);
      try {
        execFileSync("runc", ["--root", state, "exec", id, ...command], { stdio: "pipe" });
        return 0;
      } catch (error) {
        return (error as { readonly status: number }).status;
      }
    },
  };
}

/** The `config.json` of the OCI runtime specification. */
function bundle({ image, args, entrypoint, environment, user, mounts = {} }: ContainerOptions) {
  const { config, rootfs } = image;
  const [uid, gid] = (user ?? config.User).split(":").map(Number);
  const more = Object.entries(environment ?? {}).map(([name, value]) => `${name}=${value}`);
  const none: readonly string[] = [];
  return {
    ociVersion: "1.0.2",
    process: {
      user: { uid, gid },
      args: [...(entrypoint ?? config.Entrypoint), ...(args ?? config.Cmd)],
      env: [...config.Env, ...more],
      cwd: config.WorkingDir,
      noNewPrivileges: true,
      capabilities: { bounding: none, effective: none, permitted: none, ambient: none },
    },
    root: { path: rootfs, readonly: true },
    mounts: [
      { destination: "/proc", type: "proc", source: "proc" },
      { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "mode=755"] },
      { destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["mode=1777"] },
      ...Object.entries(mounts).map(([source, destination]) => ({
        destination,
        type: "bind",
        source,
        options: ["bind", "rw"],
      })),
    ],
    linux: { namespaces: ["pid", "mount", "ipc", "uts"].map((type) => ({ type })) },
  };
}
