import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";

/**
 * Takes a lock file for the moment of a swap and returns how to let go of it. A lock whose process is
 * dead is broken.
 *
 * @throws Error if a live process holds the lock for 10 s
 */
export async function acquireLock(lock: string): Promise<() => Promise<void>> {
  const token = randomUUID();
  const own = `${lock}.${token}`;
  await writeFile(own, `${process.pid.toString()} ${token}`);
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        await link(own, lock); // fails if it exists: the one atomic test-and-set of every file system
        return () => rm(lock, { force: true });
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
        const holder = await readFile(lock, "utf8").catch(ignoreMissing);
        if (holder === undefined) continue;
        if (!isAlive(Number(holder.split(" ")[0]))) {
          await breakLock(lock, holder);
        } else if (attempt > 500) {
          const pid = holder.split(" ")[0] ?? "?";
          throw new Error(`${lock} has been held for 10 s by process ${pid}`, { cause: error });
        } else {
          await new Promise((resume) => setTimeout(resume, 20));
        }
      }
    }
  } finally {
    await rm(own, { force: true });
  }
}

/** Removes a dead process's lock. Only the holder of the lock *on that very lock* may: else two breakers could remove a third's new one. */
async function breakLock(lock: string, holder: string): Promise<void> {
  const release = await acquireLock(`${lock}.${holder.split(" ")[1] ?? ""}`);
  try {
    if ((await readFile(lock, "utf8").catch(ignoreMissing)) === holder) await rm(lock);
  } finally {
    await release();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** Turns "there is no such file" into `undefined`. */
export function ignoreMissing(error: unknown): undefined {
  const code = codeOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  throw error;
}
