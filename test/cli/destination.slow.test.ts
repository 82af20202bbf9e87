import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import {
  clientAt,
  createS3Bucket,
  NO_S3_SERVER,
  type S3Server,
  startS3Server,
} from "../storage/s3/s3-server.ts";
import { storedObjects, unfinishedUploads } from "../storage/s3/stored-objects.ts";
import { temporaryFolder } from "../storage/temporary-folder.ts";
import { recsys } from "./recsys.ts";

const SMALL = ["--users", "30", "--items", "20", "--interactions", "300"];

if (NO_S3_SERVER !== undefined) console.log(`skipped: ${NO_S3_SERVER}`);

describe.skipIf(NO_S3_SERVER !== undefined)("what commands write into a bucket in S3", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
    await createS3Bucket(server, "shop");
  });
  afterAll(() => server.stop());

  test("Q2 a sample shop, the recommendations and the model are the files of a folder; a place that is taken is refused", async () => {
    const cwd = await temporaryFolder();
    const run = async (...args: readonly string[]) => {
      const { code, stderr } = await recsys(args, { cwd, env: server.environment });
      expect(code, stderr).toBe(0);
    };
    const quick = ["--set", "training.maxEpochs=1", "--set", "evaluation.gate.threshold=0"];
    await run("sample", "raw", ...SMALL);
    await run("sample", "s3://shop/raw", ...SMALL);
    await run("execute", "collector", "--raw", "s3://shop/raw", "--name", "data", ...quick);
    await run("execute", "core", "--name", "one", ...quick);
    for (const place of ["", "s3://shop/"]) {
      await run("export", `${place}out`);
      await run("export-model", `${place}model`);
      await run("export-model", `${place}archives/model.tar.gz`);
      await run("report", "--from", "2026-01-01", "--to", "2026-01-07", "--output", `${place}page.html`); // prettier-ignore
    }

    const client = clientAt(server.port);
    const objects = await storedObjects(client, "shop");
    const names = execFileSync("find", ["raw", "out", "model", "archives", "page.html", "-type", "f"], { cwd, encoding: "utf8" }); // prettier-ignore
    expect([...objects.keys()].sort()).toEqual(names.trim().split("\n").sort());
    for (const [name, bytes] of objects) {
      // A page says when it was made.
      if (name === "page.html") expect(Buffer.from(bytes).toString()).toContain("</html>");
      else
        expect(execFileSync("cmp", ["-", name], { cwd, input: bytes, encoding: "utf8" })).toBe("");
    }
    expect(await unfinishedUploads(client, "shop")).toEqual([]);
    client.destroy();

    const again = await recsys(["sample", "s3://shop/raw"], { cwd, env: server.environment });
    expect(again).toMatchObject({ code: 2 });
    expect(again.stderr).toContain("s3://shop/raw exists");
    expect(existsSync(join(cwd, "s3:"))).toBe(false);
  });
});
