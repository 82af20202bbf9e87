import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";

import { awsTrouble } from "../../../cloud/index.ts";
import { deployStack } from "../../../recipe/index.ts";
import { BurnOrder, type BurnPlan, DeployOrder, StackName } from "../../../schema/index.ts";
import { type AddRoutes, type PanelContext, PanelError } from "../context.ts";
import { parseBody } from "../parsed.ts";
import { readDraft } from "../configuration/index.ts";
import { burnGroups, KEPT_IN_AWS, keptBy } from "./burn-groups.ts";
import { Burner } from "./burner.ts";
import { CloudStacks } from "./cloud/cloud-stacks.ts";
import { readFacts } from "./facts.ts";
import { overview, stackView } from "./overview.ts";
import { mayBurn, mayDeploy } from "./permissions.ts";

/** The home page, "Deploy Configurations" and "Burn Now". */
export const addStackRoutes: AddRoutes = (app, panel) => {
  const burner = new Burner(panel);
  app.addHook("onClose", () => burner.finished());
  const cloud = panel.cloud && new CloudStacks(panel, panel.cloud.account);
  if (cloud !== undefined) addCloud(app, panel, cloud);
  const facts = async () => readFacts(panel, burner.burning, await cloud?.facts());

  app.get("/panel/api/overview", { config: { access: "viewer" } }, async () =>
    overview(panel, await facts(), cloud),
  );

  app.post(
    "/panel/api/stacks/:stack/deploy",
    { config: { access: "operator" } },
    async (request) => {
      const stack = stackOf(request);
      const before = await facts();
      const { allowed, reason } = mayDeploy(stack, before);
      if (!allowed) throw new PanelError(409, "conflict", reason ?? "not now");
      const { change } = parseBody(DeployOrder, request);
      if (cloud !== undefined) {
        await cloud.deploy(stack, change, request.visitor!.name).catch(refusedByAws);
        panel.audit(request, "deploy", stack, `in AWS, ${cloud.region}`);
        return stackView(panel, await facts(), stack, cloud);
      }
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
    burnPlan(panel, { burner, cloud }, stackOf(request)),
  );

  app.post("/panel/api/burn/:stack", { config: { access: "admin" } }, async (request, reply) => {
    const stack = stackOf(request);
    const { confirm } = parseBody(BurnOrder, request);
    if (confirm !== stack) {
      const problem = `type the name of the stack in full: ${stack}`;
      throw new PanelError(400, "invalid", problem, [{ path: "confirm", problem }]);
    }
    const { burn, removed, resources } = await burnPlan(panel, { burner, cloud }, stack);
    // Asked again, since another request may have begun while the plan was made.
    if (!burn.allowed || burner.burning !== undefined) {
      throw new PanelError(409, "conflict", burn.reason ?? "another stack is being burned");
    }
    if (cloud !== undefined) {
      cloud.burn(stack, request.visitor!.name);
      panel.audit(request, "burn", stack, `${resources.length} resources in AWS`);
      return reply.status(202).send(await burnPlan(panel, { burner, cloud }, stack));
    }
    burner.start(stack, request.visitor!.name);
    const objects = removed.reduce((sum, group) => sum + group.objects, 0);
    panel.audit(request, "burn", stack, `${objects} objects`);
    return reply.status(202).send(await burnPlan(panel, { burner, cloud }, stack));
  });
};

/** Only in AWS: what would change, what has drifted. */
function addCloud(app: FastifyInstance, panel: PanelContext, cloud: CloudStacks): void {
  app.addHook("onReady", (done) => {
    cloud.resume().catch((error: unknown) => {
      panel.log.error({ err: error }, "the stacks in AWS cannot be looked at");
    });
    done();
  });
  app.addHook("onClose", () => cloud.close());
  app.post("/panel/api/stacks/:stack/change", { config: { access: "operator" } }, async (request) =>
    cloud.plan(stackOf(request), (await readDraft(panel)).config).catch(refusedByAws),
  );
  app.post("/panel/api/stacks/:stack/drift", { config: { access: "operator" } }, (request) =>
    cloud.drift(stackOf(request)).catch(refusedByAws),
  );
}

/** What AWS does not do, or is not given, is no fault of the server's. */
function refusedByAws(error: unknown): never {
  if (error instanceof PanelError) throw error;
  const words = awsTrouble(error) ?? (error instanceof Error ? error.message : String(error));
  throw new PanelError(409, "conflict", words);
}

async function burnPlan(
  panel: PanelContext,
  { burner, cloud }: { readonly burner: Burner; readonly cloud: CloudStacks | undefined },
  stack: StackName,
): Promise<BurnPlan> {
  const facts = await readFacts(panel, burner.burning, await cloud?.facts());
  if (cloud !== undefined) {
    const [{ resources, kept }, { work, status }] = await Promise.all([
      cloud.burnList(stack).catch(refusedByAws),
      cloud.view(stack),
    ]);
    // What somebody else has started by Step Functions' own means has no record in the bucket.
    const running = [...facts.running, ...(await cloud.running().catch(refusedByAws))];
    return {
      ...{ stack, removed: [], resources, kept: [...kept, ...KEPT_IN_AWS] },
      ...{ burn: mayBurn(stack, { ...facts, running }, status === null), progress: null, work },
    };
  }
  const groups = await burnGroups(panel.bucket, stack);
  return {
    stack,
    removed: groups.map(({ what, bytes, objects }) => ({ what, bytes, objects })),
    resources: [],
    kept: keptBy(stack),
    burn: mayBurn(stack, facts, groups.length === 0),
    progress: burner.progress(stack) ?? null,
    work: null,
  };
}

const Params = z.object({ stack: StackName });

function stackOf(request: FastifyRequest): StackName {
  const params = Params.safeParse(request.params);
  if (params.success) return params.data.stack;
  throw new PanelError(404, "not_found", "there is no such stack: collector, core or responder");
}
