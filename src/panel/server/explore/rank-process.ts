import { openRanking, type Ranking } from "../../../core/index.ts";
import type { RecSysConfig } from "../../../schema/index.ts";
import { openBucket } from "../../../storage/index.ts";

/** What the process is told: first what to rank with, then questions. */
export type RankOrder =
  | {
      readonly open: {
        readonly bucket: string;
        readonly config: RecSysConfig;
        readonly executions: { readonly model: string; readonly data: string };
      };
    }
  | { readonly user: number; readonly item: number };

/*
 * A process of its own, since scoring one user takes the whole history of all: it ends, and gives its memory back,
 * when nobody has asked for a while, and with the server.
 */
process.on("disconnect", () => process.exit(0));
let ranking: Promise<Ranking> | undefined;
process.on("message", (order: RankOrder) => {
  if ("open" in order) {
    const { bucket, config, executions } = order.open;
    ranking = openBucket(bucket, config.bucketPrefix).then((opened) =>
      openRanking(opened, executions, config),
    );
    ranking.catch(() => undefined); // the question tells it
    return;
  }
  void ranking?.then(
    (opened) => process.send?.({ rank: opened.rankOf(order.user, order.item) }),
    (error: unknown) =>
      process.send?.({ problem: error instanceof Error ? error.message : String(error) }),
  );
});
