import { expect, test } from "vitest";
import { z } from "zod";

import { ask, responderOf, type Settings } from "./responder.ts";
import type { Shop } from "./shop.ts";

const shop: Shop = {
  users: { 10: { country: "nl" } },
  items: { 1: { age: 5 } },
  forUsers: { 10: { all: [["1", 0.5]], novel: [] } },
  forItems: { 1: { all: [["10", 0.5]] } },
  counts: { 1: 3 },
};

type Json = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Json;
}
interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: Json }>>;
  readonly headers?: Readonly<Record<string, { readonly description: string }>>;
}
interface Operation {
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { required: boolean; content: Record<string, { schema: Json }> };
  readonly responses: Readonly<Record<string, Response>>;
}
interface Document {
  readonly info: Readonly<Record<"title" | "version" | "description", string>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: { readonly ApiError: Json } };
}

async function documented(settings: Settings = {}) {
  const app = await responderOf(shop, settings);
  return { app, document: (await app.inject("/openapi.json")).json<Document>() };
}

/** Does a JSON Schema of the document take the value? */
function takes(schema: Json, value: unknown): boolean {
  return z.fromJSONSchema(schema).safeParse(value).success;
}

const RECOMMENDATIONS = ["item-to-user", "user-to-item", "popular"];

test("every operation says what it does, and every answer when it comes", async () => {
  const { document } = await documented();
  expect(document.info.title).toBe("RecSys-REST-APIs");
  for (const text of Object.values(document.info)) expect(text).not.toBe("");
  expect(Object.keys(document.paths).sort()).toEqual([
    "/health/live",
    "/health/ready",
    "/metrics",
    ...["item-to-user", "popular", "user-to-item"].map((name) => `/recommend/${name}`),
  ]);
  const summaries = new Set<string>();
  for (const operations of Object.values(document.paths)) {
    for (const { summary, responses } of Object.values(operations)) {
      expect(summary.length).toBeGreaterThan(10);
      summaries.add(summary);
      for (const [status, response] of Object.entries(responses)) {
        expect(response.description, status).not.toBe("");
      }
    }
  }
  expect(summaries.size).toBe(9);
});

test.each(RECOMMENDATIONS)(
  "the schemas of %s take what it answers, and nothing else",
  async (name) => {
    const { app, document } = await documented();
    const { get, post } = document.paths[`/recommend/${name}`]!;
    const id = name === "user-to-item" ? "1" : "10";
    const answer = await ask(app, name, { id_list: id, return_attributes: "1" });
    const refusal = await ask(app, name, { id_list: "" });
    for (const { responses } of [get!, post!]) {
      expect(Object.keys(responses)).toEqual(["200", "400", "503"]);
      const schemaOf = (status: string): Json =>
        responses[status]!.content!["application/json"]!.schema;
      expect(takes(schemaOf("200"), answer.json())).toBe(true);
      expect(takes(schemaOf("200"), { 10: [{ count: 1 }] })).toBe(false);
      expect(takes(schemaOf("200"), { 10: [{ user_id: 1, item_id: 1 }] })).toBe(false);
      for (const status of ["400", "503"]) {
        expect(schemaOf(status)).toEqual({ $ref: "#/components/schemas/ApiError" });
      }
      const header = responses["200"]!.headers!["X-RecSys-Cold"]!;
      expect(header).toMatchObject({ schema: { type: "string" } });
      expect(header.description).toMatch(/does not know.*URL-encoded/);
    }
    expect(responseTexts(get!)).toMatch(
      /order of `id_list`.*`error\.parameter`.*Nothing is served/,
    );
    const { ApiError } = document.components.schemas;
    expect(takes(ApiError, refusal.json())).toBe(true);
    expect(takes(ApiError, { error: { code: "strange", message: "" } })).toBe(false);
  },
);

function responseTexts({ responses }: Operation): string {
  return Object.values(responses)
    .map(({ description }) => description)
    .join(" ");
}

test.each(RECOMMENDATIONS)("the parameters of %s take what it takes", async (name) => {
  const { document } = await documented();
  const { get, post } = document.paths[`/recommend/${name}`]!;
  const types: Json = {
    "item-to-user": "items2users",
    "user-to-item": "users2items",
    popular: "popular_items",
  };
  const accepted: Record<string, unknown[]> = {
    type: [types[name]],
    id_list: ["10,20", ["10", "20"]],
    k: ["1", "10"],
    novel_only: ["0", "1"],
    return_attributes: ["0", "1"],
  };
  const refused: Record<string, unknown[]> = {
    type: ["other"],
    id_list: [{}],
    k: ["0", "-1", "ten", 10],
    novel_only: ["2", "", 1],
    return_attributes: ["2", true],
  };
  for (const { name: parameter, in: place, required, schema } of get!.parameters!) {
    expect(place).toBe("query");
    expect(required, parameter).toBe(parameter !== "rank_by");
    for (const value of accepted[parameter] ?? []) expect(takes(schema, value)).toBe(true);
    for (const value of refused[parameter] ?? []) expect(takes(schema, value)).toBe(false);
  }
  const usual = {
    type: types[name],
    id_list: [10, "x"],
    k: 5,
    novel_only: 1,
    return_attributes: 0,
  };
  expect(post!.requestBody!.required).toBe(true);
  const body = post!.requestBody!.content["application/json"]!.schema;
  expect(takes(body, usual)).toBe(true);
  expect(takes(body, { ...usual, rank_by: "lift" })).toBe(name === "user-to-item");
  for (const wrong of [{ k: 0 }, { k: 1.5 }, { novel_only: 2 }, { id_list: [1.5] }, { more: 1 }]) {
    expect(takes(body, { ...usual, ...wrong })).toBe(false);
  }
});

test("the health routes answer what their schemas say", async () => {
  const { app, document } = await documented();
  const schemaOf = (path: string): Json =>
    document.paths[path]!["get"]!.responses["200"]!.content!["application/json"]!.schema;
  const ready = (await app.inject("/health/ready")).json<Json>();
  expect(takes(schemaOf("/health/ready"), ready)).toBe(true);
  expect(takes(schemaOf("/health/ready"), { ...ready, users: "many" })).toBe(false);
  expect(takes(schemaOf("/health/live"), (await app.inject("/health/live")).json())).toBe(true);
});

test("what the configuration changes, the document says: keys, and parameters that may be left out", async () => {
  const strict = await documented({ apiKeys: { mode: "required", sha256: ["0".repeat(64)] } });
  for (const name of RECOMMENDATIONS) {
    const { responses } = strict.document.paths[`/recommend/${name}`]!["get"]!;
    expect(responses["401"]!.description).toContain("X-API-Key");
  }
  const { document } = await documented({ lenient: true });
  const { parameters } = document.paths["/recommend/popular"]!["get"]!;
  expect(parameters!.filter(({ required }) => required).map(({ name }) => name)).toEqual([
    "type",
    "id_list",
  ]);
});

test("the page runs no script but its own", async () => {
  const { app } = await documented();
  const page = await app.inject("/docs");
  expect(page.headers["content-security-policy"]).toMatch(/default-src 'self'/);
});
