import { type Cluster, openCluster, withoutPassword } from "../../../cluster/index.ts";
import type { WorkersView } from "../../../schema/index.ts";
import { absolutePlace } from "../../../storage/index.ts";
import type { AddRoutes } from "../context.ts";

/** An answer that does not come in this time is none: the page shows what it knows and asks again. */
const PATIENCE_MS = 3_000;

/** Adds the workers that run jobs on several machines: who there is, and what they do. */
export const addWorkerRoutes: AddRoutes = (app, { bucket, base, redis }) => {
  const { bucketPrefix: prefix } = base.config;
  let opened: Promise<Cluster> | undefined;
  app.addHook("onClose", async () => {
    await (await opened?.catch(() => undefined))?.close();
  });

  app.get(
    "/panel/api/workers",
    { config: { access: "viewer" } },
    async (): Promise<WorkersView> => {
      if (redis === undefined) return { redis: null, problem: null, workers: [] };
      opened ??= openCluster({ redis, bucket: absolutePlace(bucket.url), prefix });
      const address = withoutPassword(redis);
      try {
        const cluster = await opened.catch((error: unknown) => {
          opened = undefined; // the next request tries again
          throw error;
        });
        const workers = await inTime(cluster.workers(), `Redis at ${address} does not answer`);
        return { redis: address, problem: null, workers: [...workers] };
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        return { redis: address, problem, workers: [] };
      }
    },
  );
};

function inTime<T>(work: Promise<T>, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(otherwise));
    }, PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
}
