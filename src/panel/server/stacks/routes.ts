import type { FastifyRequest } from "fastify";
import { z } from "zod";

import { deployStack } from "../../../recipe/index.ts";
import { BurnOrder, type BurnPlan, StackName } from "../../../schema/index.ts";
import { type AddRoutes, type PanelContext, PanelError } from "../context.ts";
import { parseBody } from "../parsed.ts";
import { burnGroups, keptBy } from "./burn-groups.ts";
import { Burner } from "./burner.ts";
import { readFacts } from "./facts.ts";
import { overview, stackView } from "./overview.ts";
import { mayBurn, mayDeploy } from "./permissions.ts";

/** The home page, "Deploy Configurations" and "Burn Now". */
export const addStackRoutes: AddRoutes = (app, panel) => {
  const burner = new Burner(panel);
  app.addHook("onClose", () => burner.finished());
  const facts = () => readFacts(panel, burner.burning);

  app.get("/panel/api/overview", { config: { access: "viewer" } }, async () =>
    overview(panel, await facts()),
  );

  app.post(
    "/panel/api/stacks/:stack/deploy",
    { config: { access: "operator" } },
    async (request) => {
      const stack = stackOf(request);
      const before = await facts();
      const { allowed, reason } = mayDeploy(stack, before);
      if (!allowed) throw new PanelError(409, "conflict", reason ?? "not now");
      const { number } = await deployStack(panel.bucket, stack, before.config, {
        by: request.visitor!.name,
        at: panel.clock(),
      });
      if (stack === "responder") await panel.responder.redeploy();
      panel.audit(request, "deploy", stack, `deployment ${number}`);
      return stackView(panel, await facts(), stack);
    },
  );

  app.get("/panel/api/burn/:stack", { config: { access: "viewer" } }, (request) =>
    burnPlan(panel, burner, stackOf(request)),
  );

  app.post("/panel/api/burn/:stack", { config: { access: "admin" } }, async (request, reply) => {
    const stack = stackOf(request);
    const { confirm } = parseBody(BurnOrder, request);
    if (confirm !== stack) {
      const problem = `type the name of the stack in full: ${stack}`;
      throw new PanelError(400, "invalid", problem, [{ path: "confirm", problem }]);
    }
    const { burn, removed } = await burnPlan(panel, burner, stack);
    // Asked again, since another request may have begun while the plan was made.
    if (!burn.allowed || burner.burning !== undefined) {
      throw new PanelError(409, "conflict", burn.reason ?? "another stack is being burned");
    }
    burner.start(stack, request.visitor!.name);
    const objects = removed.reduce((sum, group) => sum + group.objects, 0);
    panel.audit(request, "burn", stack, `${objects} objects`);
    return reply.status(202).send(await burnPlan(panel, burner, stack));
  });
};

async function burnPlan(panel: PanelContext, burner: Burner, stack: StackName): Promise<BurnPlan> {
  const groups = await burnGroups(panel.bucket, stack);
  const facts = await readFacts(panel, burner.burning);
  return {
    stack,
    removed: groups.map(({ what, bytes, objects }) => ({ what, bytes, objects })),
    kept: keptBy(stack),
    burn: mayBurn(stack, facts, groups.length === 0),
    progress: burner.progress(stack) ?? null,
  };
}

const Params = z.object({ stack: StackName });

function stackOf(request: FastifyRequest): StackName {
  const params = Params.safeParse(request.params);
  if (params.success) return params.data.stack;
  throw new PanelError(404, "not_found", "there is no such stack: collector, core or responder");
}
