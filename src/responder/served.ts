import {
  openServingFolder,
  type ReadableBucket,
  readPointer,
  type ServingFolder,
} from "../storage/index.ts";

/** The execution now served, exchanged while requests run. */
export interface Served {
  readonly current: ServingFolder | undefined;
  /** Did the latest look at the pointer fail? Where nothing is served, that is why. */
  readonly hasFailed: boolean;
  /**
   * Runs `work` with the folder now served (`undefined` before the first execution), which stays open
   * until the work has ended, even if another takes its place meanwhile.
   */
  use<T>(work: (folder: ServingFolder | undefined) => T | Promise<T>): T | Promise<T>;
  /**
   * Looks at the serving pointer and opens what it names, if that is new. When that fails, the old
   * folder stays served.
   */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** An open folder and how many need it: each request that waits, and the server while it is current. */
interface Lease {
  readonly folder: ServingFolder;
  holders: number;
}

/** Serves what the bucket's serving pointer names; nothing before the first refresh. */
export function createServed(bucket: ReadableBucket): Served {
  let current: Lease | undefined;
  let hasFailed = false;
  let looking: Promise<void> | undefined;

  const exchange = async (next: Lease | undefined): Promise<void> => {
    const retired = current;
    current = next;
    await release(retired);
  };

  const look = async (): Promise<void> => {
    try {
      const pointer = await readPointer(bucket, "batch_transform_inference_output");
      const isNew = pointer?.manifestSha256 !== current?.folder.manifestSha256;
      if (pointer !== undefined && isNew)
        await exchange({ folder: await openServingFolder(bucket, pointer), holders: 1 });
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };

  return {
    get current() {
      return current?.folder;
    },
    get hasFailed() {
      return hasFailed;
    },
    use(work) {
      const lease = current;
      const result = work(lease?.folder);
      if (!(result instanceof Promise)) return result; // nothing could take the folder's place
      if (lease !== undefined) lease.holders++;
      return result.finally(() => release(lease));
    },
    refresh() {
      // Whoever comes while somebody looks has the same look: no folder is opened twice.
      looking ??= look().finally(() => (looking = undefined));
      return looking;
    },
    close: () => exchange(undefined),
  };
}

async function release(lease: Lease | undefined): Promise<void> {
  if (lease === undefined) return;
  lease.holders--;
  if (lease.holders === 0) await lease.folder.close();
}
