import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";

import { DEFINITIONS } from "../../src/recipe/index.ts";
import { serveResponder } from "../../src/responder/index.ts";
import { writeSampleShop } from "../../src/sample/index.ts";
import { RecSysConfig } from "../../src/schema/index.ts";
import { folderBucket, readPointer } from "../../src/storage/index.ts";
import { pipelineShop, QUICK, SERVING } from "./pipeline-shop.ts";

const EXECUTE = fileURLToPath(new URL("../recipe/execute-process.ts", import.meta.url));
const QUESTION =
  "/recommend/item-to-user?type=items2users&id_list=10,20&k=10&novel_only=1&return_attributes=1";
/** Every state on the way to new answers. */
const STATES = Object.keys(DEFINITIONS.core.states).filter((state) => state !== "ModelRejected");
/** Another seed, so that the new answers differ from the old ones. */
const config = RecSysConfig.parse({ ...QUICK, training: { ...QUICK.training, seed: 7 } });

const shop = pipelineShop();
const root = mkdtempSync(join(tmpdir(), "recsys-served-"));
beforeAll(async () => {
  await writeSampleShop(shop.raw, { users: 120, items: 60, interactions: 2400 });
  expect(await shop.execute("collector", "data")).toMatchObject({ status: "succeeded" });
  expect(await shop.execute("core", "old")).toMatchObject({ status: "succeeded" });
});
afterAll(() => {
  shop.remove();
  rmSync(root, { recursive: true, force: true });
});

/** Executes the core as "new" in another process, which kills itself in the state if one is given. */
async function execute(folder: string, dieIn?: string): Promise<[number | null, string | null]> {
  const atOnce = DEFINITIONS.core.states[dieIn ?? ""]?.type !== "Task";
  const after = atOnce ? "0" : dieIn === "Publish" ? "250" : undefined;
  const child = spawn(process.execPath, [EXECUTE, folder, "core", "new", JSON.stringify(config)], {
    stdio: "inherit",
    env: {
      ...process.env,
      ...(dieIn === undefined ? {} : { DIE_IN: dieIn }),
      ...(after === undefined ? {} : { DIE_AFTER_MS: after }),
    },
  });
  return (await once(child, "exit")) as [number | null, string | null];
}

/** Asks over HTTP without a pause until told to stop; every answer, with its status. */
function askOnAndOn(url: string) {
  const answers: { status: number; body: string }[] = [];
  let asking = true;
  const loop = (async () => {
    while (asking) {
      const response = await fetch(url + QUESTION);
      answers.push({ status: response.status, body: await response.text() });
      await delay(2);
    }
  })();
  const stop = async () => {
    asking = false;
    await loop;
  };
  return { answers, stop };
}

test.each(STATES)(
  "Q51 Q64 a core execution killed with -9 in %s and resumed: not one request fails, and the old answers last until the new",
  async (state) => {
    const folder = join(root, state);
    cpSync(shop.folder, folder, { recursive: true });
    const bucket = folderBucket(folder, config.bucketPrefix);
    const responder = await serveResponder({
      bucket,
      config: { ...config.responder, port: 0, refreshSeconds: 0.05 },
      log: pino({ level: "silent" }),
    });
    const { answers, stop } = askOnAndOn(responder.url);
    try {
      expect(await execute(folder, state)).toEqual([null, "SIGKILL"]);
      const afterKill = await readPointer(bucket, SERVING);
      if (state !== "Publish" && state !== "Served") {
        // Publish itself may have been killed on either side of the swap.
        expect(afterKill?.execution).toBe("old");
        const killed = answers.length;
        await delay(200);
        expect(answers.length).toBeGreaterThan(killed);
        expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
      }
      expect(await execute(folder)).toEqual([0, null]);
      expect(await readPointer(bucket, SERVING)).toMatchObject({ execution: "new" });
      await delay(500);
    } finally {
      await stop();
      await responder.close();
    }
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    // First the old answers, then the new ones, and never the old again.
    const bodies = answers.map(({ body }) => body);
    const turns = bodies.filter((body, at) => body !== bodies[at - 1]);
    expect(turns).toHaveLength(2);
    rmSync(folder, { recursive: true, force: true });
  },
);
