import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { expect, onTestFinished, test } from "vitest";

import { addDataRoutes } from "../../../src/panel/server/index.ts";
import {
  assignmentLayer,
  type DataCheck,
  type DescriptionAnswer,
  type FilePreview,
  type RawData,
  resolveConfig,
} from "../../../src/schema/index.ts";
import { createShop, until } from "../../recipe/shop.ts";
import { asker } from "./answers.ts";
import { bareApp } from "./bare-app.ts";

const FILES = "/panel/api/data/files";
const INTERACTIONS = "user_item_interactions.csv";
const DESCRIPTION = {
  "0": { name: "item_id", type: "ID" },
  "1": { name: "name", type: "string" },
  "2": { name: "genre", type: "set" },
};

function start(given: Parameters<typeof bareApp>[1] = {}) {
  const bare = bareApp(addDataRoutes, given);
  onTestFinished(() => bare.app.close());
  const { bucket } = bare.context;
  const text = async (name: string): Promise<string> =>
    Buffer.from(await bucket.read(`raw_data/${name}`)).toString("utf8");
  return { ...bare, ...asker(bare.app), bucket, text };
}

const put = (name: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
  ({
    method: "PUT",
    url: `${FILES}/${name}`,
    payload,
    headers: { "content-type": "text/csv", ...headers },
  }) as const;

test("Q113 an empty bucket lists every raw file as not there; an uploaded one is listed with its size", async () => {
  const { json, text, audited } = start();
  const { files, check, report, locked } = await json<RawData>({ url: "/panel/api/data" });
  expect(files.map(({ name, required, present }) => [name, required, present])).toEqual([
    ["user_item_interactions.csv", true, false],
    ["item_features.csv", true, false],
    ["item_features_description.json", true, false],
    ["user_features.csv", false, false],
    ["user_features_description.json", false, false],
    ["impressions.csv", false, false],
  ]);
  expect([check.state, report, locked]).toEqual(["none", null, null]);
  const answer = await json<RawData>(put(INTERACTIONS, "1,2,3,1\n"));
  expect(answer.files[0]).toMatchObject({ name: INTERACTIONS, bytes: 8, present: true });
  expect(await text(INTERACTIONS)).toBe("1,2,3,1\n");
  const sha256 = createHash("sha256").update("1,2,3,1\n").digest("hex");
  expect(audited).toEqual([["upload", INTERACTIONS, `8 bytes, SHA-256 ${sha256}`]]);
});

test("whatever a body says it is, its bytes are kept as they are", async () => {
  const { json, text } = start();
  for (const type of ["application/json", "text/plain", "application/octet-stream"]) {
    await json(put("item_features_description.json", '{"a": 1} \r\n', { "content-type": type }));
    expect(await text("item_features_description.json")).toBe('{"a": 1} \r\n');
  }
});

test("the packed form takes the place of the plain one, and the other way round", async () => {
  const { json, bucket } = start();
  const names = async () => (await bucket.list("raw_data/")).map(({ path }) => path);
  await json(put("item_features.csv", "1,a\n"));
  await json(put("item_features.csv.gz", gzipSync("2,b\n")));
  expect(await names()).toEqual(["raw_data/item_features.csv.gz"]);
  const { files } = await json<RawData>(put("item_features.csv", "1,a\n"));
  expect(await names()).toEqual(["raw_data/item_features.csv"]);
  expect(files.filter(({ role }) => role === "item_features.csv")).toHaveLength(1);
});

test("names that are no raw file's, and paths, reach nothing", async () => {
  const { refusal, bucket } = start();
  const names = [
    "..%2f..%2fmodel",
    "..%2fitem_features.csv",
    "%2fetc%2fpasswd",
    "copied.json",
    "user_item_interactions.csv.exe",
    "USER_ITEM_INTERACTIONS.CSV",
    "item_features_description.json.gz",
    "__proto__",
  ];
  for (const name of names) {
    expect(await refusal(put(name, "x"))).toMatchObject({ status: 400, code: "invalid" });
    expect(await refusal({ method: "DELETE", url: `${FILES}/${name}` })).toMatchObject({
      status: 400,
    });
    expect(await refusal({ url: `${FILES}/${name}/preview` })).toMatchObject({ status: 400 });
  }
  expect((await bucket.list("")).length).toBe(0);
});

test("what is too large, empty, or not what was announced leaves the old file", async () => {
  const base = resolveConfig([assignmentLayer(["collector.maxUploadMiB=1"], [])]);
  const { json, refusal, text } = start({ base });
  await json(put(INTERACTIONS, "old"));
  expect(await refusal(put(INTERACTIONS, Buffer.alloc((1 << 20) + 1)))).toMatchObject({
    status: 413,
    code: "too_large",
  });
  expect(await refusal(put(INTERACTIONS, ""))).toMatchObject({ status: 400 });
  expect(
    await refusal(put(INTERACTIONS, "new", { "x-content-sha256": "0".repeat(64) })),
  ).toMatchObject({ status: 400, code: "checksum" });
  expect(await text(INTERACTIONS)).toBe("old");
  const sha256 = createHash("sha256").update("new").digest("hex");
  await json(put(INTERACTIONS, "new", { "x-content-sha256": sha256.toUpperCase() }));
  expect(await text(INTERACTIONS)).toBe("new");
  await json(put(INTERACTIONS, Buffer.alloc(1 << 20, "a")));
});

test("what does not fit on the disk is refused before it comes", async () => {
  const { context } = bareApp(addDataRoutes);
  const bucket = { ...context.bucket, freeBytes: () => Promise.resolve(300 << 20) };
  const { json, refusal } = start({ bucket });
  expect(await refusal(put(INTERACTIONS, Buffer.alloc(50 << 20)))).toMatchObject({
    status: 413,
    code: "no_room",
  });
  await json(put(INTERACTIONS, Buffer.alloc(40 << 20, "a")));
});

test("200 MB go through the server piece by piece, and a broken upload leaves what was there", async () => {
  const { app, bucket, text } = start();
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const piece = Buffer.alloc(1 << 20, "0123456789abcdef");
  const send = (pieces: number, promised: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = { "content-type": "text/csv", "content-length": promised };
      const sent = httpRequest(
        { port, method: "PUT", path: `${FILES}/${INTERACTIONS}`, headers },
        (answer) => {
          answer.resume().on("end", () => {
            resolve(answer.statusCode!);
          });
        },
      ).on("error", reject);
      const next = (left: number): void => {
        if (left > 0) sent.write(piece, () => setImmediate(next, left - 1));
        else if (pieces === promised / piece.length) sent.end();
        else sent.destroy(new Error("gone"));
      };
      next(pieces);
    });
  // Buffers that are on their way are outside the heap: what is held at once shows in the peak of both.
  let peak = 0;
  const before = process.memoryUsage();
  const watch = setInterval(() => {
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    peak = Math.max(peak, arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed);
  }, 5);
  expect(await send(200, 200 * piece.length)).toBe(200);
  clearInterval(watch);
  expect((await bucket.head(`raw_data/${INTERACTIONS}`))!.bytes).toBe(200 << 20);
  expect(peak).toBeLessThan(100e6);

  await bucket.write(`raw_data/${INTERACTIONS}`, "old");
  await expect(send(3, 50 * piece.length)).rejects.toThrow("gone");
  await until(async () => (await bucket.list("")).length === 1);
  expect(await text(INTERACTIONS)).toBe("old");
}, 60_000);

test("nothing is changed while a collector execution reads the files", async () => {
  const shop = createShop();
  const { json, refusal } = start({ bucket: shop.bucket });
  await json(put(INTERACTIONS, "old"));
  shop.hold("collect");
  const execution = shop.execute("collector", "collector-1");
  const isLocked = async () => (await json<RawData>({ url: "/panel/api/data" })).locked !== null;
  await until(isLocked);
  const requests = [
    put(INTERACTIONS, "new"),
    { method: "DELETE", url: `${FILES}/${INTERACTIONS}` },
    { method: "POST", url: "/panel/api/data/import", payload: { folder: shop.folder } },
    {
      method: "PUT",
      url: "/panel/api/data/description/items",
      payload: { columns: [{ name: "item_id", type: "ID" }] },
    },
  ] as const;
  for (const request of requests) {
    expect(await refusal(request)).toMatchObject({
      status: 409,
      code: "conflict",
      message: expect.stringContaining("collector-1") as string,
    });
  }
  shop.release("collect");
  await execution;
  expect(await isLocked()).toBe(false);
  await json({ method: "DELETE", url: `${FILES}/${INTERACTIONS}` });
  expect(await refusal({ method: "DELETE", url: `${FILES}/${INTERACTIONS}` })).toMatchObject({
    status: 404,
  });
});

test("a folder's raw files are copied and nothing else; links do not lead out of it", async () => {
  const { json, refusal, bucket, text } = start();
  const root = mkdtempSync(join(tmpdir(), "recsys-import-"));
  const folder = join(root, "shop");
  mkdirSync(folder);
  writeFileSync(join(root, "secret.csv"), "secret");
  writeFileSync(join(folder, "other.csv"), "other");
  writeFileSync(join(folder, INTERACTIONS), "rows");
  writeFileSync(join(folder, "real.csv"), "items");
  symlinkSync("real.csv", join(folder, "item_features.csv"));
  const order = (path: string) =>
    ({ method: "POST", url: "/panel/api/data/import", payload: { folder: path } }) as const;
  await json(order(folder));
  expect((await bucket.list("")).map(({ path }) => path)).toEqual([
    "raw_data/item_features.csv",
    `raw_data/${INTERACTIONS}`,
  ]);
  expect([await text("item_features.csv"), await text(INTERACTIONS)]).toEqual(["items", "rows"]);
  for (const wrong of ["shop", join(root, "none"), join(root, "secret.csv"), root, ""]) {
    expect(await refusal(order(wrong))).toMatchObject({
      status: 400,
      fields: [{ path: "folder" }],
    });
  }
  symlinkSync(join(root, "secret.csv"), join(folder, "user_features.csv"));
  expect((await refusal(order(folder))).message).toContain("leads out of");
  expect(await bucket.head("raw_data/user_features.csv")).toBeUndefined();
});

test("a preview is what the collector would read: quotes, sets, a byte order mark, CRLF, packed or not", async () => {
  const { json } = start();
  const csv =
    "\uFEFF" +
    [
      "item_id,name,age,score,genre,zip",
      `472,"Player, The",26,1.5,"['Animation', ""Children's""]",01234`,
      '7,"say ""hi""",,2,[],00001',
    ].join("\r\n") +
    "\r\n";
  for (const [name, bytes] of [
    ["item_features.csv", Buffer.from(csv)],
    ["item_features.csv.gz", gzipSync(csv)],
  ] as const) {
    await json(put(name, bytes));
    const preview = await json<FilePreview>({ url: `${FILES}/${name}/preview` });
    expect(preview.hasHeader).toBe(true);
    expect(preview.columns.map((column) => [column.name, column.type, column.empty])).toEqual([
      ["item_id", "ID", 0],
      ["name", "string", 0],
      ["age", "int", 1],
      ["score", "double", 0],
      ["genre", "set", 0],
      ["zip", "string", 0],
    ]);
    expect(preview.rows).toEqual([
      ["472", "Player, The", "26", "1.5", "['Animation', \"Children's\"]", "01234"],
      ["7", 'say "hi"', "", "2", "[]", "00001"],
    ]);
    expect(preview.columns[1]!.examples).toEqual(["Player, The", 'say "hi"']);
  }
});

test("Q13 A2 the columns of interactions without a header are named as the collector names them", async () => {
  const { json } = start();
  const rows = Array.from(
    { length: 200 },
    (_, i) => `i${i},${i % 7},${i % 5},1,${i % 2 ? "recsys" : "search"},97830${i}`,
  );
  await json(put(INTERACTIONS, rows.join("\n")));
  const {
    hasHeader,
    columns,
    rows: shown,
  } = await json<FilePreview>({ url: `${FILES}/${INTERACTIONS}/preview` });
  expect([hasHeader, shown.length]).toEqual([false, 50]);
  expect(columns.map(({ name, type }) => [name, type])).toEqual([
    ["interaction_id", "ID"],
    ["user_id", "ID"],
    ["item_id", "ID"],
    ["rating", "int"],
    ["source", "string"],
    ["timestamp", "int"],
  ]);
});

test("Q38 Q44 a description is proposed from the CSV, until one is written; then it is the file's", async () => {
  const { json, refusal, text } = start();
  const url = "/panel/api/data/description/items";
  expect(await refusal({ url })).toMatchObject({ status: 404 });
  await json(put("item_features.csv", `472,Toy Story,['Comedy']\n54,Heat,"['Crime', 'Drama']"\n`));
  const proposed = await json<DescriptionAnswer>({ url });
  expect(proposed).toEqual({
    origin: "proposed",
    columns: [
      { name: "item_id", type: "ID" },
      { name: "feature_1", type: "string" },
      { name: "feature_2", type: "set" },
    ],
  });
  const columns = Object.values(DESCRIPTION);
  await json({ method: "PUT", url, payload: { columns } });
  expect(JSON.parse(await text("item_features_description.json"))).toEqual(DESCRIPTION);
  expect(await json<DescriptionAnswer>({ url })).toEqual({ origin: "file", columns });
  const { columns: named } = await json<FilePreview>({ url: `${FILES}/item_features.csv/preview` });
  expect(named.map(({ name }) => name)).toEqual(["item_id", "name", "genre"]);
});

test("a wrong description is refused with the column that is wrong, and the file stays", async () => {
  const { refusal, bucket } = start();
  const url = "/panel/api/data/description/items";
  const columns = [
    { name: "id", type: "ID" },
    { name: "count", type: "int" },
    { name: "name", type: "string" },
    { name: "name", type: "ID" },
  ];
  const { status, fields } = await refusal({ method: "PUT", url, payload: { columns } });
  expect(status).toBe(400);
  expect(fields!.map(({ path }) => path)).toEqual(["columns.0", "columns.3", "columns.1"]);
  expect(
    await refusal({ method: "PUT", url, payload: { columns: [{ name: "item_id", type: "id" }] } }),
  ).toMatchObject({ status: 400 });
  expect(
    await refusal({
      method: "PUT",
      url: "/panel/api/data/description/shops",
      payload: { columns },
    }),
  ).toMatchObject({ status: 404 });
  expect(await bucket.list("")).toEqual([]);
});

test("a check says what the collector would: its report, the rows set aside, and why the files cannot be used", async () => {
  const { json, raw, refusal } = start();
  const check = async (): Promise<DataCheck> => {
    expect(
      await json<DataCheck>({ method: "POST", url: "/panel/api/data/check" }, 202),
    ).toMatchObject({ state: "running" });
    const now = () => json<DataCheck>({ url: "/panel/api/data/check" });
    await until(async () => (await now()).state !== "running");
    return now();
  };
  expect(await refusal({ url: "/panel/api/data/report" })).toMatchObject({ status: 404 });
  const missing = await check();
  expect(missing.state).toBe("failed");
  expect(missing.problem).toContain("user_item_interactions.csv: the file is missing");

  const good = Array.from({ length: 300 }, (_, i) => `a${i},${i % 30},${i % 20},1`);
  await json(put(INTERACTIONS, [...good, "bad,1,2,much"].join("\n")));
  await json(
    put(
      "item_features.csv",
      Array.from({ length: 20 }, (_, i) => `${i},item ${i},['x']`).join("\n"),
    ),
  );
  await json(put("item_features_description.json", JSON.stringify(DESCRIPTION)));
  expect(await check()).toMatchObject({ state: "succeeded", problem: null, progress: null });
  const { report, reportOf } = await json<RawData>({ url: "/panel/api/data" });
  expect(reportOf).toBe("check");
  expect(report).toMatchObject({
    counts: { rows: 300, users: 30, items: 20 },
    problems: { total: 1 },
  });
  const csv = await raw({ url: "/panel/api/data/quarantine.csv" });
  expect(csv.headers["content-disposition"]).toContain("quarantine-check.csv");
  expect(csv.body.split("\n")[1]).toContain(
    "user_item_interactions.csv,301,rating,bad_rating,much",
  );
  expect(await refusal({ url: "/panel/api/data/report?of=..%2f..%2fx" })).toMatchObject({
    status: 404,
  });
}, 120_000);
