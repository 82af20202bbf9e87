import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";

import { executionRoutes } from "../../../src/panel/server/executions/index.ts";
import { deployStack } from "../../../src/recipe/index.ts";
import {
  type ExecutionSummary,
  ExecutionView,
  RAW_FILES,
  RAW_FOLDER,
  RecSysConfig,
  type Role,
  STACKS,
} from "../../../src/schema/index.ts";
import { createShop, FAKE_JOB, type Shop } from "../../recipe/shop.ts";
import { type Audited, bareApp } from "./bare-app.ts";

/** A panel over a shop whose jobs are fake ones; the panel is closed after the test. */
export interface PanelShop extends Shop {
  readonly app: FastifyInstance;
  readonly audited: Audited[];
  /** Where it listens. */
  readonly url: string;
  post(path: string, body?: object): Promise<{ readonly status: number; readonly body: Answer }>;
  get<T>(path: string): Promise<T>;
  view(workflow: "collector" | "core", name: string): Promise<ExecutionView>;
  /** Every view of the stream, to its end. */
  stream(workflow: "collector" | "core", name: string): AsyncGenerator<ExecutionView>;
  /** Makes the gate reject (`reject`), or a job fail (`fail-<job>`), until it is taken away again. */
  put(marker: string): void;
  take(marker: string): void;
}

type Answer = ExecutionSummary & { readonly message: string };

/** Opens the panel over a shop; another one over the same is a restart. */
export async function openPanel(
  shop: Shop,
  {
    role = "admin",
    ...settings
  }: {
    readonly role?: Role;
    readonly heartbeatMilliseconds?: number;
    /** By default the fake jobs'; `undefined` for the product's own. */
    readonly jobEntry?: string | undefined;
  } = {},
): Promise<PanelShop> {
  const { app, audited } = bareApp(
    executionRoutes({
      jobEntry: FAKE_JOB,
      pollMilliseconds: 100,
      quietMilliseconds: 20,
      ...settings,
    }),
    { bucket: shop.bucket, role },
  );
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  onTestFinished(() => app.close());
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${url}${path}`);
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    ...shop,
    app,
    audited,
    url,
    get,
    post: async (path, body = {}) => {
      const response = await fetch(`${url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Answer };
    },
    view: async (workflow, name) =>
      ExecutionView.parse(await get(`/panel/api/executions/${workflow}/${name}`)),
    stream: (workflow, name) => views(`${url}/panel/api/executions/${workflow}/${name}/events`),
    put: (marker) => {
      writeFileSync(join(shop.folder, marker), "");
    },
    take: (marker) => {
      rmSync(join(shop.folder, marker));
    },
  };
}

/** A shop whose stacks are deployed and whose raw files are there. */
export async function readyShop(settings: object = {}): Promise<Shop> {
  const shop = createShop();
  await deployAll(shop, settings);
  for (const name of [RAW_FILES.interactions, RAW_FILES.itemFeatures, RAW_FILES.itemDescription]) {
    await shop.bucket.write(`${RAW_FOLDER}/${name}`, "x");
  }
  return shop;
}

/** Deploys all stacks with these settings over the defaults. */
export async function deployAll({ bucket }: Shop, settings: object): Promise<void> {
  const config = RecSysConfig.parse(settings);
  const how = { by: "ada", at: new Date("2026-11-26T09:00:00Z") };
  for (const stack of STACKS) await deployStack(bucket, stack, config, how);
}

/** The views that a stream of server-sent events brings, each checked against the contract. */
async function* views(url: string): AsyncGenerator<ExecutionView> {
  for await (const { event, data } of serverSentEvents(url)) {
    if (event !== "execution") throw new Error(`unexpected event "${event}"`);
    yield ExecutionView.parse(JSON.parse(data));
  }
}

/** The events of a stream; comments are left out. */
export async function* serverSentEvents(
  url: string,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly event: string; readonly data: string; readonly id: string }> {
  const response = await fetch(url, signal === undefined ? {} : { signal });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  let text = "";
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const fields = new Map(
        text
          .slice(0, end)
          .split("\n")
          .map((line) => line.split(/: (.*)/s, 2) as [string, string]),
      );
      text = text.slice(end + 2);
      const data = fields.get("data");
      if (data === undefined) continue;
      yield { event: fields.get("event") ?? "message", data, id: fields.get("id") ?? "" };
    }
  }
}

export async function last<T>(values: AsyncIterable<T>): Promise<T> {
  let latest: T | undefined;
  for await (const value of values) latest = value;
  if (latest === undefined) throw new Error("nothing came");
  return latest;
}

/** State → status. */
export function statuses({ states }: ExecutionView): Record<string, string> {
  return Object.fromEntries(states.map(({ state, status }) => [state, status]));
}
