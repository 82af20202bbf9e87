import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import {
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";

import {
  type Bucket,
  type ObjectInfo,
  ObjectNotFoundError,
  type ObjectReader,
  type ObjectWriter,
} from "./bucket.ts";

/** Files being written stand here until they are whole; never listed. */
const TEMPORARY = ".tmp";

/** A bucket that is a folder on the local disk; created on the first write. */
export function folderBucket(folder: string, prefix: string): Bucket {
  const root = resolve(folder, prefix);

  const file = (path: string): string => {
    const absolute = resolve(root, path);
    if (!absolute.startsWith(root + sep)) throw new RangeError(`path "${path}" leaves the bucket`);
    return absolute;
  };

  /** Puts a finished temporary file in its place: flushed first, so that a power cut leaves old or new. */
  const moveInto = async (temporary: string, path: string): Promise<void> => {
    const target = file(path);
    await mkdir(dirname(target), { recursive: true });
    await rename(temporary, target);
  };

  const temporaryFile = async (): Promise<string> => {
    await mkdir(join(root, TEMPORARY), { recursive: true });
    return join(root, TEMPORARY, randomUUID());
  };

  const create = async (path: string): Promise<ObjectWriter> => {
    file(path);
    const temporary = await temporaryFile();
    const handle = await open(temporary, "wx");
    return {
      async write(bytes) {
        // FileHandle.writeFile appends at the current position and never writes short.
        await handle.writeFile(bytes);
      },
      async close() {
        await handle.sync();
        await handle.close();
        await moveInto(temporary, path);
      },
      async abort() {
        await handle.close();
        await rm(temporary, { force: true });
      },
    };
  };

  const write = async (path: string, bytes: Uint8Array | string): Promise<void> => {
    const writer = await create(path);
    await writer.write(bytes);
    await writer.close();
  };

  const head = async (path: string): Promise<ObjectInfo | undefined> => {
    const info = await stat(file(path)).catch(ignoreMissing);
    return info?.isFile() === true ? { path, bytes: info.size } : undefined;
  };

  const existing = async <T>(path: string, action: () => Promise<T>): Promise<T> => {
    const result = await action().catch(ignoreMissing);
    if (result === undefined) throw new ObjectNotFoundError(folder, path);
    return result;
  };

  const openReader = async (path: string): Promise<ObjectReader> => {
    const handle = await existing(path, () => open(file(path), "r"));
    const bytes = (await handle.stat()).size;
    return {
      bytes,
      async read(offset, length, target = new Uint8Array(length)) {
        const { bytesRead } = await handle.read(target, 0, length, offset);
        return target.subarray(0, bytesRead);
      },
      close: () => handle.close(),
    };
  };

  return {
    url: folder,
    read: (path) => existing(path, () => readFile(file(path))),
    async readRange(path, offset, length) {
      const reader = await openReader(path);
      try {
        return await reader.read(offset, length);
      } finally {
        await reader.close();
      }
    },
    open: openReader,
    async stream(path) {
      await existing(path, () => stat(file(path)));
      return createReadStream(file(path));
    },
    async toLocalFile(path) {
      await existing(path, () => stat(file(path)));
      return file(path);
    },
    write,
    create,
    async upload(path, localFile) {
      const temporary = await temporaryFile();
      // A hard link costs nothing, but the two names must not share later writes: copy unless it is impossible.
      await copyFile(localFile, temporary);
      await moveInto(temporary, path);
    },
    async swap(path, expected, next) {
      const lock = `${file(path)}.lock`;
      await mkdir(dirname(lock), { recursive: true });
      const release = await acquire(lock);
      try {
        const current = await readFile(file(path), "utf8").catch(ignoreMissing);
        if (current !== expected) return false;
        await write(path, next);
        return true;
      } finally {
        await release();
      }
    },
    async list(prefix) {
      const found: ObjectInfo[] = [];
      const walk = async (relative: string): Promise<void> => {
        const entries =
          (await readdir(join(root, relative), { withFileTypes: true }).catch(ignoreMissing)) ?? [];
        for (const entry of entries) {
          const path = relative === "" ? entry.name : `${relative}/${entry.name}`;
          if (path === TEMPORARY || path.endsWith(".lock")) continue;
          if (entry.isDirectory()) {
            if (path.startsWith(prefix) || prefix.startsWith(`${path}/`)) await walk(path);
          } else if (path.startsWith(prefix)) {
            found.push({ path, bytes: (await stat(join(root, path))).size });
          }
        }
      };
      await walk("");
      return found.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    head,
    async removeAll(prefix) {
      for (const { path } of await this.list(prefix)) await rm(file(path), { force: true });
      if (prefix.endsWith("/")) await rm(file(prefix), { recursive: true, force: true });
    },
  };
}

/** Takes a lock file for the moment of a swap; one left by a dead process is broken after its time. */
async function acquire(lock: string): Promise<() => Promise<void>> {
  const content = `${process.pid.toString()} ${randomUUID()}`;
  const own = `${lock}.${randomUUID()}`;
  await writeFile(own, content);
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        await link(own, lock); // fails if it exists: the one atomic test-and-set of every file system
        return () => rm(lock, { force: true });
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
        const holder = await readFile(lock, "utf8").catch(ignoreMissing);
        if (holder !== undefined && !isAlive(Number(holder.split(" ")[0]))) {
          await rm(lock, { force: true });
        } else if (attempt > 500) {
          throw new Error(
            `${lock} has been held for 10 s by process ${holder?.split(" ")[0] ?? "?"}`,
            { cause: error },
          );
        } else {
          await new Promise((resume) => setTimeout(resume, 20));
        }
      }
    }
  } finally {
    await rm(own, { force: true });
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

function ignoreMissing(error: unknown): undefined {
  const code = codeOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  throw error;
}
