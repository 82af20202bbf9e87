import type { FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";
import type { z } from "zod";

import { createResponder } from "../../src/responder/index.ts";
import { ResponderConfig } from "../../src/schema/index.ts";
import type { Bucket } from "../../src/storage/index.ts";
import { temporaryBucket } from "../storage/temporary-folder.ts";
import { serveShop, type Shop } from "./shop.ts";

export type Settings = z.input<typeof ResponderConfig>;

/** A responder on a bucket, closed with the test. */
export function responderOn(bucket: Bucket, settings: Settings = {}): FastifyInstance {
  const app = createResponder({ bucket, config: ResponderConfig.parse(settings) });
  onTestFinished(() => app.close());
  return app;
}

/** A responder that serves a shop. */
export async function responderOf(shop: Shop, settings: Settings = {}): Promise<FastifyInstance> {
  const bucket = await temporaryBucket();
  await serveShop(bucket, "core-1", shop);
  return responderOn(bucket, settings);
}

export interface Question {
  readonly [parameter: string]: string | readonly string[];
}

/** Asks with the usual parameters unless told otherwise. */
export function ask(app: FastifyInstance, path: string, question: Question) {
  const types: Readonly<Record<string, string>> = {
    "item-to-user": "items2users",
    "user-to-item": "users2items",
    popular: "popular_items",
  };
  const usual = { type: types[path]!, k: "10", novel_only: "0", return_attributes: "0" };
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries({ ...usual, ...question })) {
    for (const value of [values].flat()) query.append(name, value);
  }
  return app.inject(`/recommend/${path}?${query.toString()}`);
}
