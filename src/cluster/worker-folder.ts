import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { identifyProcess, isProcessAlive, type ProcessIdentity } from "../jobs/index.ts";

const START = "recsys-worker-";
/** Says in a worker's folder whose it is. */
const OWNER = "worker.json";

/** Makes the local folder of a worker, and removes those of workers on this machine that have died. */
export async function makeWorkerFolder(id: string): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    if (name.startsWith(START)) await removeIfDead(join(tmpdir(), name));
  }
  const folder = join(tmpdir(), START + id);
  await mkdir(folder);
  await writeFile(join(folder, OWNER), JSON.stringify(identifyProcess(process.pid)));
  return folder;
}

/** Its jobs have died with it. */
async function removeIfDead(folder: string): Promise<void> {
  try {
    const owner = JSON.parse(await readFile(join(folder, OWNER), "utf8")) as ProcessIdentity;
    if (!isProcessAlive(owner)) await rm(folder, { recursive: true, force: true });
  } catch {
    // It is just being made, or another user's.
  }
}
