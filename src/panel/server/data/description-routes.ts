import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";

import {
  proposeFeatureDescription,
  readFeatureDescription,
  renderFeatureDescription,
} from "../../../collector/index.ts";
import {
  DataError,
  type DescriptionAnswer,
  FeatureDescription,
  RAW_FILES,
} from "../../../schema/index.ts";
import { ObjectNotFoundError } from "../../../storage/index.ts";
import { readDraft } from "../configuration/index.ts";
import { type PanelContext, PanelError } from "../context.ts";
import { parseBody } from "../parsed.ts";
import { rawPath } from "./raw-files.ts";

const SIDES = {
  items: { entity: "item", file: RAW_FILES.itemDescription, of: RAW_FILES.itemFeatures },
  users: { entity: "user", file: RAW_FILES.userDescription, of: RAW_FILES.userFeatures },
} as const;

/** `GET|PUT /panel/api/data/description/:side`: proposed from the CSV until there is one. */
export function addDescriptionRoutes(
  app: FastifyInstance,
  panel: PanelContext,
  requireUnlocked: () => Promise<void>,
): void {
  const { bucket } = panel;
  app.get(
    "/panel/api/data/description/:side",
    { config: { access: "viewer" } },
    async (request): Promise<DescriptionAnswer> => {
      const { entity, of } = sideOf(request);
      const written = await readFeatureDescription(bucket, entity);
      if (written !== undefined) return { columns: [...written], origin: "file" };
      const { config } = await readDraft(panel);
      try {
        const proposed = await proposeFeatureDescription(bucket, entity, config.collector.header);
        return { columns: [...proposed], origin: "proposed" };
      } catch (error) {
        if (!(error instanceof ObjectNotFoundError)) throw error;
        throw new PanelError(404, "not_found", `there is no ${of} yet; upload it first`);
      }
    },
  );

  app.put(
    "/panel/api/data/description/:side",
    { config: { access: "operator" } },
    async (request): Promise<DescriptionAnswer> => {
      const { entity, file } = sideOf(request);
      const { columns } = parseBody(FeatureDescription, request);
      const text = rendered(entity, columns);
      await requireUnlocked();
      await bucket.write(rawPath(file), text);
      panel.audit(request, "describe", file, `${columns.length} columns`);
      return { columns, origin: "file" };
    },
  );
}

function rendered(entity: "item" | "user", columns: FeatureDescription["columns"]): string {
  try {
    return renderFeatureDescription(entity, columns);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const fields = error.message
      .slice(error.place.file.length + 2)
      .split("\n")
      .map((problem) => ({ path: placeOf(problem), problem }));
    throw new PanelError(400, "invalid", "the description cannot be used", fields);
  }
}

/** `key "3": …` is about column 3. */
function placeOf(problem: string): string {
  const column = /^key "(\d+)"/.exec(problem)?.[1];
  return column === undefined ? "columns" : `columns.${column}`;
}

const Params = z.object({ side: z.enum(["items", "users"]) });

function sideOf(request: FastifyRequest): (typeof SIDES)[keyof typeof SIDES] {
  const params = Params.safeParse(request.params);
  if (params.success) return SIDES[params.data.side];
  throw new PanelError(404, "not_found", "features are described of items and of users");
}
