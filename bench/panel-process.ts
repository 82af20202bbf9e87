/* A panel's server in a process of its own, as `recsys serve --panel` starts it, asked and watched from outside. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
/** What browsers keep open to a host. */
const CONNECTIONS = 6;
const SAMPLE_MS = 50;
/** Of what `/proc` counts time in. */
const TICK_MS = 10;

/** The most memory that a process has held so far, in bytes, as Linux counts it. */
export interface Memory {
  /** With the pages of files that it has mapped and read. */
  readonly resident: number;
  /** Its own: what no file can give back. */
  readonly own: number;
}

/** A panel that runs, with somebody logged in. */
export interface PanelProcess {
  /** Milliseconds from the start of the process until it said that it was up. */
  readonly startMs: number;
  /** Asks the panel's API below `/panel/api`; rejects at anything but 200. */
  ask<T>(path: string): Promise<T>;
  /** Milliseconds of the processors that it has used. */
  cpuMs(): number;
  /** Of the server itself, and of the processes that it has started. */
  memory(): { readonly server: Memory; readonly children: Memory };
  stop(): Promise<void>;
}

/** Starts it on a bucket's folder, with a state of its own. */
export async function startPanel(folder: string): Promise<PanelProcess> {
  const state = mkdtempSync(join(tmpdir(), "recsys-panel-bench-"));
  const start = performance.now();
  const args = ["serve", "--panel", "--bucket", folder, "--panel-state", state];
  const child = spawn(process.execPath, [MAIN, ...args, "--port", "0", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { url, setup } = await welcomeOf(child);
  const startMs = performance.now() - start;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const login = await exchange(new URL("/panel/api/setup", url), agent, {
    token: new URL(setup.link).searchParams.get("token")!,
    name: "bench",
    password: "correct horse battery staple",
  });
  const watch = watchMemory(child.pid!);
  return {
    startMs,
    async ask<T>(path: string) {
      const { text } = await exchange(new URL(`/panel/api${path}`, url), agent, login.cookie);
      return JSON.parse(text) as T;
    },
    cpuMs() {
      // After the name in parentheses: user and system time are fields 14 and 15 of all.
      const fields = readFileSync(`/proc/${child.pid!}/stat`, "utf8").split(") ")[1]!.split(" ");
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    memory: watch.peaks,
    async stop() {
      watch.stop();
      agent.destroy();
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
      rmSync(state, { recursive: true, force: true });
    },
  };
}

interface Welcome {
  readonly url: string;
  readonly setup: { readonly link: string };
}

function welcomeOf(child: ChildProcess): Promise<Welcome> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout!.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      if (text.trimEnd().endsWith("}")) resolve(JSON.parse(text) as Welcome);
    });
    child.once("exit", (code) => {
      reject(new Error(`the panel ended with ${code} before it was up`));
    });
  });
}

/** Reads with a cookie, or posts a body. */
function exchange(
  url: URL,
  agent: Agent,
  cookieOrBody: string | object,
): Promise<{ readonly text: string; readonly cookie: string }> {
  const isPost = typeof cookieOrBody === "object";
  const headers = isPost ? { "content-type": "application/json" } : { cookie: cookieOrBody };
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers, method: isPost ? "POST" : "GET" }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      answer.on("end", () => {
        const cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
        if (answer.statusCode === 200) resolve({ text, cookie });
        else reject(new Error(`${url.pathname}${url.search}: ${answer.statusCode}\n${text}`));
      });
    });
    asked.on("error", reject);
    asked.end(isPost ? JSON.stringify(cookieOrBody) : undefined);
  });
}

function watchMemory(pid: number): { peaks: PanelProcess["memory"]; stop: () => void } {
  const peaks = { server: { resident: 0, own: 0 }, children: { resident: 0, own: 0 } };
  const look = (): void => {
    raise(peaks.server, [pid]);
    raise(peaks.children, childrenOf(pid));
  };
  const timer = setInterval(look, SAMPLE_MS);
  return {
    peaks: () => {
      look();
      return structuredClone(peaks);
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** Raises the peaks to what these processes hold now. */
function raise(peak: { resident: number; own: number }, pids: readonly number[]): void {
  const sum = (name: string): number =>
    pids.reduce((bytes, pid) => bytes + 1024 * (statusOf(pid).get(name) ?? 0), 0);
  peak.resident = Math.max(peak.resident, sum("VmRSS"));
  peak.own = Math.max(peak.own, sum("RssAnon"));
}

/** The sizes in KiB that `/proc` tells; none of a process that has ended. */
function statusOf(pid: number): ReadonlyMap<string, number> {
  const lines = readOr(`/proc/${pid}/status`, "").matchAll(/^(\w+):\s+(\d+) kB$/gm);
  return new Map([...lines].map(([, name, size]) => [name!, Number(size)]));
}

function childrenOf(pid: number): number[] {
  const children = readOr(`/proc/${pid}/task/${pid}/children`, "").split(" ").filter(Boolean);
  return children.map(Number).flatMap((child) => [child, ...childrenOf(child)]);
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}
