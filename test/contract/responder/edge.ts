import type { z } from "zod";

import type { ResponderConfig } from "../../../src/schema/index.ts";
import type { Shop } from "../../responder/shop.ts";

export type Settings = z.input<typeof ResponderConfig>;

/** A request to the API; its path and query alone where there is no more to say. */
export type Call =
  | string
  | {
      readonly url: string;
      readonly method?: "GET" | "HEAD" | "POST";
      readonly headers?: Readonly<Record<string, string>>;
      /** A body: as it is, or to be written as JSON. */
      readonly payload?: string | object;
    };

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  json(): unknown;
}

/** The API as its callers have it. */
export interface Api {
  call(call: Call): Promise<Answer>;
}

/** A way in which the API is served. Each owes the same answers. */
export interface Edge {
  readonly name: string;
  /** Does it answer GET alone? (Q72) The others have POST too, for long lists (A33). */
  readonly isGetOnly: boolean;
  /** Serves a shop until the test ends, or until it serves another. */
  serve(shop: Shop, settings?: Settings): Promise<Api>;
}

export interface Question {
  readonly [parameter: string]: string | readonly string[];
}

/** Asks with the usual parameters unless told otherwise. */
export function ask(api: Api, path: string, question: Question): Promise<Answer> {
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
  return api.call(`/recommend/${path}?${query.toString()}`);
}

/** A call's parts, with a body of JSON said to be one. */
export function partsOf(call: Call) {
  const {
    url,
    method = "GET",
    headers = {},
    payload,
  } = typeof call === "string" ? ({ url: call } as Exclude<Call, string>) : call;
  const isText = payload === undefined || typeof payload === "string";
  return {
    url,
    method,
    headers: isText ? headers : { "content-type": "application/json", ...headers },
    body: isText ? payload : JSON.stringify(payload),
  };
}

/** An answer with its reader. */
export function answerOf(statusCode: number, headers: Answer["headers"], body: string): Answer {
  return { statusCode, headers, body, json: () => JSON.parse(body) as unknown };
}
