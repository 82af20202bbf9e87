import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { NO_REDIS, RedisServer } from "../../cluster/redis-server.ts";
import { SmallCluster } from "../../cluster/small-cluster.ts";
import { violationsInBothModes } from "./axe.ts";
import { CHROMIUM, NO_CHROMIUM, openBrowser } from "./chromium.ts";
import { visit } from "./newcomer.ts";
import { startPanel } from "./running-panel.ts";
import { firstVisit } from "./visitor.ts";

const skip = NO_REDIS ?? (CHROMIUM === undefined ? NO_CHROMIUM : undefined);
if (skip !== undefined) console.warn(`the page of workers is skipped: ${skip}`);
/** Pictures for people, where they are wanted. */
const PICTURES = process.env["RECSYS_PICTURES"];

test.skipIf(skip !== undefined)(
  "the page Workers shows who there is, what each is at, and who has gone silent",
  { timeout: 180_000 },
  async () => {
    const redis = await RedisServer.start();
    onTestFinished(() => redis.stop());
    const cluster = new SmallCluster(redis);
    onTestFinished(() => cluster.stop());
    const panel = await startPanel([
      ...["serve", "--panel", "--bucket", cluster.folder, "--redis", redis.url],
      ...["--set", "bucketPrefix=p"],
    ]);
    onTestFinished(() => panel.stop());
    const browser = await openBrowser();
    onTestFinished(() => browser.close());
    const { page, complaints } = await firstVisit(browser, panel.setupLink!);
    page.setDefaultTimeout(30_000);
    const picture = async (name: string): Promise<void> => {
      if (PICTURES === undefined) return;
      for (const width of [1440, 800]) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`) });
      }
      await page.setViewportSize({ width: 1440, height: 1000 });
    };

    await visit(page, "Workers");
    await page.getByText("There is no worker").waitFor();
    expect(await violationsInBothModes(page)).toEqual([]);

    await cluster.start("ann", "bob", "cleo");
    cluster.hold();
    await cluster.run("work", 2);
    await cluster.traced("begin 0");
    await cluster.traced("begin 1");
    const row = (name: string) => page.getByRole("row").filter({ hasText: name });
    const [one, other] = [await cluster.workerOf("algo-1"), await cluster.workerOf("algo-2")];
    await row(one).getByText("At work", { exact: true }).waitFor();
    await row(one).getByText("shard 1 of 2, work, 50 %").waitFor();
    await row(other).getByText("shard 2 of 2, work, 50 %").waitFor();
    const idle = ["ann", "bob", "cleo"].find((name) => name !== one && name !== other)!;
    await row(idle).getByText("Idle").waitFor();
    await picture("workers");
    expect(await violationsInBothModes(page)).toEqual([]);

    await cluster.end(one, "SIGKILL");
    await row(one).getByText("Silent, last heard of").waitFor();
    await row(idle).getByText("shard 1 of 2").waitFor(); // it has taken the shard over
    await picture("workers-silent");

    await redis.down();
    await page.getByText("Redis cannot be asked").waitFor();
    expect(await violationsInBothModes(page)).toEqual([]);
    await redis.up();
    await row(idle).waitFor();
    cluster.letGo();
    expect(complaints).toEqual([]);
  },
);
