import { z } from "zod";

import type { EntityHit } from "../../../schema/index.ts";
import { type AddRoutes, PanelError } from "../context.ts";
import { parseQuery } from "../parsed.ts";
import { itemPage } from "./item-page.ts";
import { Keeper } from "./keeper.ts";
import { Ranker } from "./ranker.ts";
import type { Served } from "./served.ts";
import { userPage } from "./user-page.ts";
import { whyNot } from "./why-not.ts";

const Search = z.strictObject({ side: z.enum(["users", "items"]), text: z.string().max(200) });
const Pair = z.strictObject({ user: z.string(), item: z.string() });
const HITS = 20;

/** Users and items of what is served now, and why it recommends what it does. */
export const addExploreRoutes: AddRoutes = (app, panel) => {
  const keeper = new Keeper(panel);
  const ranker = new Ranker(panel);
  app.addHook("onClose", async () => {
    ranker.close();
    await keeper.close();
  });

  app.get("/panel/api/explore/search", { config: { access: "viewer" } }, (request) => {
    const { side, text } = parseQuery(Search, request);
    return keeper.use((served) => search(served, side, text));
  });

  app.get<{ Params: { id: string } }>(
    "/panel/api/explore/users/:id",
    { config: { access: "viewer" } },
    ({ params }) => keeper.use((served) => userPage(served, found(served, "users", params.id))),
  );

  app.get<{ Params: { id: string } }>(
    "/panel/api/explore/items/:id",
    { config: { access: "viewer" } },
    ({ params }) => keeper.use((served) => itemPage(served, found(served, "items", params.id))),
  );

  app.get("/panel/api/explore/why-not", { config: { access: "viewer" } }, (request) => {
    const { user, item } = parseQuery(Pair, request);
    return keeper.use((served) =>
      whyNot(served, ranker, found(served, "users", user), found(served, "items", item)),
    );
  });
};

async function search(served: Served, side: "users" | "items", text: string): Promise<EntityHit[]> {
  const entities = served[side];
  const index = await served.searchIndex(side);
  const weight = side === "items" ? (item: number) => served.countOfItem[item]! : () => 0;
  const hits: EntityHit[] = [];
  for (const entity of index.find(text, HITS, weight)) {
    const interactions =
      side === "items" ? served.countOfItem[entity]! : await served.history.countOf(entity);
    hits.push({ id: entities.idOf(entity), title: entities.titleOf(entity), interactions });
  }
  return hits;
}

function found(served: Served, side: "users" | "items", id: string): number {
  const index = served[side].indexOf(id);
  if (index !== undefined) return index;
  const what = side === "users" ? "user" : "item";
  throw new PanelError(404, "not_found", `what is served knows no ${what} "${id.slice(0, 100)}"`);
}
