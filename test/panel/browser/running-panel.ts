import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A panel that runs as a process of its own, as a user runs it. */
export interface RunningPanel {
  readonly url: string;
  /** The one-time link; undefined once somebody can log in. */
  readonly setupLink: string | undefined;
  readonly process: ChildProcess;
  /** Ctrl-C, and until it has ended. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../../src/cli/main.ts", import.meta.url));

/**
 * Starts `recsys serve --panel`, or `recsys up`, on a free port unless `args` name one.
 *
 * @param args - what follows `recsys`
 */
export async function startPanel(args: readonly string[]): Promise<RunningPanel> {
  const port = args.includes("--port") ? [] : ["--port", "0"];
  const child = spawn(process.execPath, [MAIN, ...args, ...port, "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const { url, setup } = await firstJson(child, () => errors);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  return {
    url,
    setupLink: setup?.link,
    process: child,
    stop: () => end("SIGINT"),
    kill: () => end("SIGKILL"),
  };
}

interface Welcome {
  readonly url: string;
  readonly setup?: { readonly link: string };
}

/** What the process prints, as soon as it is whole. */
function firstJson(child: ChildProcess, errors: () => string): Promise<Welcome> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout!.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      try {
        resolve(JSON.parse(text) as Welcome);
      } catch {
        // more is to come
      }
    });
    child.once("exit", (code) => {
      reject(new Error(`the panel ended with ${code} before it was up:\n${errors()}`));
    });
  });
}
