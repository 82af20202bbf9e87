import type { FastifyInstance } from "fastify";
import { z } from "zod";

import { type MadeApiKey, NewApiKey } from "../../../schema/index.ts";
import { changeApiKeys, readApiKeys } from "../../../storage/index.ts";
import { PanelError, type PanelContext } from "../context.ts";
import { parseBody, parsed } from "../parsed.ts";
import { newSecret, sha256Of } from "../state/index.ts";

const PATH = "/panel/api/keys";
const Digest = z.object({ sha256: z.string() });

/**
 * Keys for `/recommend/*`: only their SHA-256 is kept, in the bucket, where every responder finds it. `changed` is called
 * once the bucket has them, so that the responder beside takes them up at once.
 */
export function addKeyRoutes(
  app: FastifyInstance,
  { bucket, clock, audit }: PanelContext,
  changed: () => Promise<void>,
): void {
  const config = { access: "admin" } as const;

  app.get(PATH, { config }, () => readApiKeys(bucket));

  app.post(PATH, { config }, async (request): Promise<MadeApiKey> => {
    const { name } = parseBody(NewApiKey, request);
    const key = `rsk_${newSecret()}`;
    const made = {
      name,
      sha256: sha256Of(key),
      createdAt: clock().toISOString(),
      createdBy: request.visitor?.name ?? "",
    };
    await changeApiKeys(bucket, (keys) => {
      if (!keys.some((other) => other.name === name)) return [...keys, made];
      const problem = "is the name of another key; choose another";
      throw new PanelError(409, "conflict", `name: ${problem}`, [{ path: "name", problem }]);
    });
    audit(request, "make API key", name, made.sha256);
    await changed();
    return { name, key };
  });

  app.delete(`${PATH}/:sha256`, { config }, async (request, reply) => {
    const { sha256 } = parsed(Digest, request.params);
    let name = "";
    await changeApiKeys(bucket, (keys) => {
      const removed = keys.find((key) => key.sha256 === sha256);
      if (removed === undefined) throw new PanelError(404, "not_found", "there is no such key");
      ({ name } = removed);
      return keys.filter((key) => key !== removed);
    });
    audit(request, "remove API key", name, sha256);
    await changed();
    return reply.code(204).send();
  });
}
