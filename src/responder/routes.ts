import querystring from "node:querystring";

import type { FastifyInstance, FastifyReply } from "fastify";
import type { z } from "zod";

import {
  type ParameterSource,
  RankBy,
  recommendationParameters,
  type RecommendationType,
  type ResponderConfig,
} from "../schema/index.ts";
import type { ServingFolder } from "../storage/index.ts";
import { type Answer, createAnswerRenderer, type Listed, type PendingAnswer } from "./answer.ts";
import { requireApiKey } from "./api-keys.ts";
import { ApiProblem } from "./api-problem.ts";
import type { AppParts } from "./app-parts.ts";
import { nothingServed } from "./nothing-served.ts";
import { onceMoreIfGone } from "./once-more.ts";
import { parsePlainQuery } from "./plain-query.ts";
import {
  areRead,
  itemsForUsers,
  popularItemsForUsers,
  type Recommendations,
  usersForItems,
  type Wanted,
} from "./recommendations.ts";
import { sendAnswer } from "./send-answer.ts";

/** A `/recommend/*` route. */
export interface RecommendationRoute {
  readonly path: string;
  readonly type: RecommendationType;
  readonly summary: string;
  readonly lists: "items" | "users";
  readonly answer: (
    folder: ServingFolder,
    wanted: Wanted,
    config: ResponderConfig,
  ) => Recommendations;
}

/** The three routes of the API (Q69–Q71). */
export const ROUTES: readonly RecommendationRoute[] = [
  {
    path: "/recommend/item-to-user",
    type: "items2users",
    summary: "The items that each user is most likely to interact with",
    lists: "items",
    answer: (folder, wanted, config) => itemsForUsers(folder, wanted, config.coldUser),
  },
  {
    path: "/recommend/user-to-item",
    type: "users2items",
    summary: "The users who are most likely to interact with each item",
    lists: "users",
    answer: usersForItems,
  },
  {
    path: "/recommend/popular",
    type: "popular_items",
    summary: "The items with the most interactions, for each user",
    lists: "items",
    answer: popularItemsForUsers,
  },
];

type Parameters = z.output<ReturnType<typeof recommendationParameters>> & {
  readonly rank_by?: z.output<typeof RankBy>;
};

/** The schema of a route's parameters. */
export function parametersOf(
  { type }: RecommendationRoute,
  source: ParameterSource,
  config: ResponderConfig,
): z.ZodType<Parameters> {
  const parameters = recommendationParameters(type, source, config);
  return type === "users2items" ? parameters.extend({ rank_by: RankBy }) : parameters;
}

/** Adds the routes, each by GET with a query and by POST with a JSON body (A33). */
export function addRecommendations(
  app: FastifyInstance,
  { served, config, keys, log }: AppParts,
): void {
  const render = createAnswerRenderer();
  const hooks = config.apiKeys.mode === "required" ? { onRequest: requireApiKey(keys) } : {};
  for (const route of ROUTES) {
    const answerOnce = (parameters: Parameters, reply: FastifyReply) =>
      served.use((folder) => {
        if (folder === undefined) throw nothingServed(served);
        const wanted = wantedOf(parameters, folder.content.kMax);
        const { answers, coldUsers } = route.answer(folder, wanted, config);
        const cold = coldUsers.length > 0 ? coldHeader(coldUsers) : undefined;
        const listed: Listed = {
          texts: folder[route.lists].texts,
          withAttributes: parameters.return_attributes,
        };
        const send = (lists: readonly Answer[]): void => {
          sendAnswer(reply, render(lists, listed), cold);
        };
        if (!areRead(answers)) return Promise.all(answers.map(read)).then(send);
        send(answers);
        return undefined;
      });
    const answer = (parameters: Parameters, reply: FastifyReply) => {
      const from = served.current;
      const answered = answerOnce(parameters, reply);
      if (answered === undefined) return undefined; // read and sent
      const again = () => answerOnce(parameters, reply);
      return onceMoreIfGone(answered, from, again, { served, log });
    };
    const query = parametersOf(route, "query", config);
    const body = parametersOf(route, "body", config);
    app.get<{ Querystring: QueryText }>(route.path, hooks, (request, reply) => {
      const { text } = request.query;
      const plain = parsePlainQuery(text, route.type, config);
      return answer(plain ?? parse(query, parseQuery(text)), reply);
    });
    app.post(route.path, hooks, (request, reply) => answer(parse(body, request.body), reply));
  }
}

/** The query as the router leaves it: not taken apart, as that is seldom needed. */
export interface QueryText {
  readonly text: string;
}

function parseQuery(text: string): unknown {
  return querystring.parse(text, undefined, undefined, { maxKeys: 0 }); // however many there are
}

async function read({ id, list }: PendingAnswer): Promise<Answer> {
  return { id, list: await list };
}

function wantedOf({ id_list, k, novel_only, rank_by }: Parameters, kMax: number): Wanted {
  if (k > kMax) {
    const message = `k must be at most ${kMax}, the length of the stored lists, got ${k}`;
    throw new ApiProblem("invalid_parameter", message, "k");
  }
  return { ids: id_list, k, novelOnly: novel_only, rankBy: rank_by ?? "probability" };
}

/** Room for the ids of an answer's header: clients refuse heads of more than 16 KiB. */
const COLD_HEADER_LENGTH = 4096;

/** The unknown users, URL-encoded and separated by commas; `...` at the end if there are more. */
function coldHeader(ids: readonly string[]): string {
  let header = "";
  for (const id of ids) {
    const next = `${header === "" ? "" : ","}${encodeURIComponent(id.toWellFormed())}`;
    if (header.length + next.length > COLD_HEADER_LENGTH) return `${header}...`;
    header += next;
  }
  return header;
}

function parse(schema: z.ZodType<Parameters>, input: unknown): Parameters {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw result.error;
  const parameter = issue.code === "unrecognized_keys" ? issue.keys[0] : issue.path[0]?.toString();
  throw new ApiProblem("invalid_parameter", issue.message, parameter ?? "body");
}
