import { createHash, randomUUID } from "node:crypto";
import { createReadStream, readSync } from "node:fs";
import {
  copyFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
} from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";

import {
  type Bucket,
  type ObjectInfo,
  ObjectNotFoundError,
  type ObjectReader,
  type ObjectWriter,
} from "./bucket.ts";
import { acquireLock, ignoreMissing } from "./swap-lock.ts";

/** Files being written stand here until they are whole, and the locks of swaps; never listed. */
const TEMPORARY = ".tmp";
/** Node reads less than 2 GiB at once. */
const LARGEST_READ = 1 << 30;

/** A bucket that is a folder on the local disk; created on the first write. */
export function folderBucket(folder: string, prefix: string): Bucket {
  const root = resolve(folder, prefix);

  const file = (path: string): string => {
    const absolute = resolve(root, path);
    if (!absolute.startsWith(root + sep)) throw new RangeError(`path "${path}" leaves the bucket`);
    return absolute;
  };

  /** Puts a finished, flushed temporary file in its place: a power cut leaves old or new. */
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
      async read(offset, length, target = new Uint8Array(within(bytes, offset, length))) {
        let done = 0;
        while (done < target.length && done < length) {
          const count = Math.min(length - done, target.length - done, LARGEST_READ);
          const { bytesRead } = await handle.read(target, done, count, offset + done);
          if (bytesRead === 0) break;
          done += bytesRead;
        }
        return target.subarray(0, done);
      },
      readSync: (offset, length, target) => readSync(handle.fd, target, 0, length, offset),
      close: () => handle.close(),
    };
  };

  return {
    url: folder,
    async read(path) {
      const reader = await openReader(path);
      try {
        return await reader.read(0, reader.bytes, Buffer.allocUnsafeSlow(reader.bytes));
      } finally {
        await reader.close();
      }
    },
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
      const handle = await open(temporary, "r");
      await handle.sync();
      await handle.close();
      await moveInto(temporary, path);
    },
    async swap(path, expected, next) {
      const target = file(path);
      await mkdir(join(root, TEMPORARY), { recursive: true });
      const release = await acquireLock(join(root, TEMPORARY, lockName(path)));
      try {
        const current = await readFile(target, "utf8").catch(ignoreMissing);
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
          if (path === TEMPORARY) continue;
          if (entry.isDirectory()) {
            if (path.startsWith(prefix) || prefix.startsWith(`${path}/`)) await walk(path);
          } else if (path.startsWith(prefix)) {
            // Removed by somebody else since the folder was read: then it is not there.
            const info = await stat(join(root, path)).catch(ignoreMissing);
            if (info !== undefined) found.push({ path, bytes: info.size });
          }
        }
      };
      await walk("");
      return found.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    async folders(folder) {
      const entries =
        (await readdir(file(folder), { withFileTypes: true }).catch(ignoreMissing)) ?? [];
      return entries
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();
    },
    head,
    remove: (path) => rm(file(path), { force: true }),
    async removeAll(prefix) {
      for (const { path } of await this.list(prefix)) await rm(file(path), { force: true });
      if (prefix.endsWith("/")) await rm(file(prefix), { recursive: true, force: true });
    },
    async freeBytes() {
      await mkdir(root, { recursive: true });
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },
  };
}

/** How many of `length` bytes from `offset` an object of `bytes` bytes has. */
function within(bytes: number, offset: number, length: number): number {
  return Math.max(0, Math.min(length, bytes - offset));
}

/** One short name per path, whatever the path holds. */
function lockName(path: string): string {
  return `${createHash("sha256").update(path).digest("hex")}.lock`;
}
