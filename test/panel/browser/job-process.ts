import { execFileSync } from "node:child_process";

/**
 * Ends the process of the job that the panel's server runs just now, as an operating system does that is out of memory.
 *
 * @param job - the job binary's argument, such as "train"
 */
export async function killJob(serverPid: number, job: string): Promise<void> {
  for (;;) {
    const pid = childrenOf(serverPid).find(({ command }) => command.endsWith(` ${job}`))?.pid;
    if (pid !== undefined) {
      process.kill(pid, "SIGKILL");
      return;
    }
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

function childrenOf(parent: number): readonly { readonly pid: number; readonly command: string }[] {
  const lines = execFileSync("ps", ["-A", "-o", "ppid=,pid=,args="], { encoding: "utf8" });
  return lines.split("\n").flatMap((line) => {
    const [, ppid, pid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(ppid) === parent ? [{ pid: Number(pid), command: command! }] : [];
  });
}
