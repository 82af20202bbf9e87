import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { createLambdaResponder } from "../../../src/responder/index.ts";
import { ResponderConfig } from "../../../src/schema/index.ts";
import { type Bucket, openReadableBucket } from "../../../src/storage/index.ts";
import { recordingProxy } from "../../storage/s3/recording-proxy.ts";
import {
  createS3Bucket,
  environmentOf,
  NO_S3_SERVER,
  openS3Bucket,
  type S3Server,
  startS3Server,
} from "../../storage/s3/s3-server.ts";
import { responderOn } from "../responder.ts";
import { serveShop, type Shop } from "../shop.ts";
import { proxyEvent } from "./proxy-event.ts";

const STAGE = "batch_transform_inference_output";
const URL_PATH =
  "/recommend/item-to-user?type=items2users&id_list=10&k=1&novel_only=0&return_attributes=0";
const shopOf = (probability: number): Shop => ({
  users: { 10: {} },
  items: { 1: {} },
  forUsers: { 10: { all: [["1", probability]], novel: [] } },
});
const answerOf = (probability: number): string =>
  `{"10":[{"item_id":1,"interaction_probability":${probability}}]}`;

describe.skipIf(NO_S3_SERVER !== undefined)("the function on a bucket in S3", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.stop());

  let buckets = 0;
  async function functionOnS3(refreshSeconds: number) {
    const name = `served-${++buckets}`;
    await createS3Bucket(server, name);
    const store = openS3Bucket(server, name, "some/prefix/");
    const proxy = await recordingProxy(server.port);
    const time = { seconds: 0 };
    Object.assign(process.env, environmentOf(proxy.port));
    const responder = createLambdaResponder({
      bucket: await openReadableBucket(`s3://${name}`, "some/prefix", { cacheBytes: 1 << 20 }),
      config: ResponderConfig.parse({ refreshSeconds, apiKeys: { mode: "off" } }),
      log: pino({ level: "silent" }),
      clock: () => time.seconds,
    });
    onTestFinished(() => responder.close());
    const call = (url = URL_PATH) => responder.handler(proxyEvent({ url }));
    return { store, call, time, take: () => proxy.take(), name };
  }

  test("a pointer that has not changed is not sent again, and recommendations that were read are not read again", async () => {
    const { store, call, time, take, name } = await functionOnS3(30);
    await serveShop(store, "core-1", shopOf(0.5));
    expect((await call()).body).toBe(answerOf(0.5));
    expect(take()).toContain(`GET /${name}/some/prefix/${STAGE}/current.json 200`);
    time.seconds = 1;
    expect((await call()).body).toBe(answerOf(0.5));
    expect(take()).toEqual([]);
    time.seconds = 31;
    expect((await call()).body).toBe(answerOf(0.5));
    expect(take()).toEqual([`GET /${name}/some/prefix/${STAGE}/current.json 304`]);
    await serveShop(store, "core-2", shopOf(0.25));
    time.seconds = 61;
    expect((await call()).body).toBe(answerOf(0.25));
    expect(take()).toContain(`GET /${name}/some/prefix/${STAGE}/current.json 200`);
  });

  test("only what is served is read: of the lists those that are asked for, none of the files for people", async () => {
    const { store, call, take, name } = await functionOnS3(30);
    const shop: Shop = { ...shopOf(0.5), kMax: 1000 };
    const users = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [String(i + 10), {}]));
    await serveShop(store, "core-1", { ...shop, users });
    await call();
    const asked = take();
    const gets = asked.filter((line) => line.startsWith("GET") && line.includes("/users.index"));
    // A list takes 8 KB: the header's block, and the one of the user's list, are two of fifty.
    expect(gets).toEqual([`GET /${name}/some/prefix/${STAGE}/core-1/users.index 206`]);
    expect(asked.some((line) => /csv|jsonl/.test(line))).toBe(false);
    expect(asked.filter((line) => line.includes("/items.index"))).toHaveLength(3);
  });

  /** A list takes 8 KB, so that those of user 99 are in none of the blocks that are read to open the files. */
  const largeShop = (probability: number): Shop => ({
    users: Object.fromEntries(Array.from({ length: 90 }, (_, i) => [String(i + 10), {}])),
    items: { 1: {} },
    kMax: 1000,
    forUsers: { 99: { all: [["1", probability]], novel: [] } },
  });
  const ASKED = URL_PATH.replace("id_list=10", "id_list=99");

  /** Function and local server, both with core-1 open. */
  async function bothOpen() {
    const { store, call, name } = await functionOnS3(3600);
    await serveShop(store, "core-1", largeShop(0.5));
    const settings = { refreshSeconds: 3600 };
    const local = responderOn(openS3Bucket(server, name, "some/prefix/"), settings);
    expect((await call("/health/ready")).body).toContain('"core-1"');
    expect((await local.inject("/health/ready")).body).toContain('"core-1"');
    return { store, call, local };
  }

  /** Takes an execution's files away, as retention does with old ones. */
  const remove = (store: Bucket, execution: string) => store.removeAll(`${STAGE}/${execution}/`);

  test("whose execution is gone from the bucket answers from the newer one, as the local server does", async () => {
    const { store, call, local } = await bothOpen();
    await serveShop(store, "core-2", largeShop(0.25));
    await remove(store, "core-1");
    const answer = '{"99":[{"item_id":1,"interaction_probability":0.25}]}';
    const several = await Promise.all([call(ASKED), call(ASKED), call(ASKED)]);
    expect(several.map(({ body }) => body)).toEqual([answer, answer, answer]);
    expect((await local.inject(ASKED)).body).toBe(answer);
  });

  test("whose execution is gone while no other is there says so, as the local server does", async () => {
    const { store, call, local } = await bothOpen();
    await remove(store, "core-1");
    const { statusCode, body } = await call(ASKED);
    expect([statusCode, JSON.parse(body)]).toEqual([
      503,
      {
        error: {
          code: "nothing_served",
          message:
            "the recommendations that were served are no longer in the bucket: execute the core again, or roll back (recsys rollback)",
        },
      },
    ]);
    expect((await local.inject(ASKED)).body).toBe(body);
  });
});
