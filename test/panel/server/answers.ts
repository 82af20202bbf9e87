import type { FastifyInstance, InjectOptions } from "fastify";

import { PanelError } from "../../../src/panel/server/context.ts";
import type { PanelProblem } from "../../../src/schema/index.ts";

/** Answers refusals as the panel does, and asks one group's routes. */
export function asker(app: FastifyInstance) {
  app.setErrorHandler((error, _, reply) => {
    if (!(error instanceof PanelError)) throw error;
    const { status, code, message, fields } = error;
    return reply.status(status).send({ error: { code, message, fields } });
  });
  const ask = async (options: InjectOptions) => {
    const { statusCode, body, headers } = await app.inject(options);
    return { status: statusCode, body, headers };
  };
  return {
    /** An answer of the wanted status, parsed by nothing: its fields are compared one by one. */
    json: async <T>(options: InjectOptions, status = 200): Promise<T> => {
      const answer = await ask(options);
      if (answer.status !== status) throw new Error(`${answer.status}: ${answer.body}`);
      return JSON.parse(answer.body) as T;
    },
    /** What a refused request is told. */
    refusal: async (
      options: InjectOptions,
    ): Promise<{ status: number } & PanelProblem["error"]> => {
      const answer = await ask(options);
      if (answer.status < 400) throw new Error(`was not refused: ${answer.status} ${answer.body}`);
      return { status: answer.status, ...(JSON.parse(answer.body) as PanelProblem).error };
    },
    raw: ask,
  };
}
