import { z } from "zod";

import {
  ApiError,
  ItemRecommendation,
  listsById,
  PopularItem,
  Ready,
  type RecommendationType,
  type ResponderConfig,
  UserRecommendation,
} from "../schema/index.ts";
import { parametersOf, type RecommendationRoute, ROUTES } from "./routes.ts";

/** The API as an OpenAPI 3.1 document, made from the very schemas that check the requests. */
export function openApiDocument(config: ResponderConfig) {
  return {
    openapi: "3.1.0",
    info: {
      title: "RecSys-REST-APIs",
      version: "1",
      description: "Recommendations computed beforehand, answered by id.",
    },
    paths: {
      ...Object.fromEntries(ROUTES.map((route) => [route.path, recommendationPath(route, config)])),
      "/health/live": { get: plain("Does the process answer?", {}) },
      "/health/ready": { get: plain("Is anything served, and what?", jsonSchema(Ready)) },
      "/metrics": {
        get: { summary: "Figures for Prometheus", responses: { 200: { description: "Text" } } },
      },
    },
    components: { schemas: { ApiError: jsonSchema(ApiError) } },
  };
}

const ENTRIES: Readonly<Record<RecommendationType, z.ZodType>> = {
  items2users: ItemRecommendation,
  users2items: UserRecommendation,
  popular_items: PopularItem,
};

function recommendationPath(route: RecommendationRoute, config: ResponderConfig) {
  const query = jsonSchema(parametersOf(route, "query", config));
  const required = new Set(query.required);
  const responses = {
    200: {
      description: "Per id, in the order of `id_list`, its list, best first",
      headers: {
        "X-RecSys-Cold": {
          description: "Users of `id_list` that the model does not know, URL-encoded",
          schema: { type: "string" },
        },
      },
      content: json(jsonSchema(listsById(ENTRIES[route.type]))),
    },
    400: failure("A parameter is wrong; `error.parameter` names it"),
    ...(config.apiKeys.mode === "required"
      ? { 401: failure("`X-API-Key` holds none of the configured keys") }
      : {}),
    503: failure("Nothing is served yet"),
  };
  return {
    get: {
      summary: route.summary,
      parameters: Object.entries(query.properties ?? {}).map(([name, schema]) => ({
        name,
        in: "query",
        required: required.has(name),
        schema,
      })),
      responses,
    },
    post: {
      summary: `${route.summary}; for long lists`,
      requestBody: {
        required: true,
        content: json(jsonSchema(parametersOf(route, "body", config))),
      },
      responses,
    },
  };
}

function plain(summary: string, schema: object) {
  return { summary, responses: { 200: { description: "It is", content: json(schema) } } };
}

function failure(description: string) {
  return { description, content: json({ $ref: "#/components/schemas/ApiError" }) };
}

function json(schema: object) {
  return { "application/json": { schema } };
}

function jsonSchema(schema: z.ZodType) {
  const result = z.toJSONSchema(schema, { io: "input" });
  delete result.$schema;
  return result;
}
