import { whyNotBurnable } from "../../../recipe/index.ts";
import { STACK_TITLES } from "../../../words/index.ts";
import type { Permission, StackName } from "../../../schema/index.ts";
import type { Facts } from "./facts.ts";

/** May the stack's configuration be deployed? Collector, core, responder, in this order (Q112). */
export function mayDeploy(stack: StackName, facts: Facts): Permission {
  const busy = busyWords(facts);
  if (busy !== undefined) return refused(busy);
  const { deployments, served } = facts;
  switch (stack) {
    case "collector":
      return ALLOWED;
    case "core":
      return deployments.collector === undefined
        ? refused("deploy the Collector Stack first")
        : ALLOWED;
    case "responder":
      if (deployments.core === undefined) return refused("deploy the Core Stack first");
      return served === undefined
        ? refused("there is nothing to answer with yet: execute the core first")
        : ALLOWED;
  }
}

/** May the stack's workflow be executed? Only after its deployment, with what it reads in place (Q112, Q113). */
export function mayExecute(stack: StackName, facts: Facts): Permission {
  if (stack === "responder")
    return refused("the responder answers as long as it is deployed: there is nothing to execute");
  const running = facts.running.find(({ workflow }) => workflow === stack);
  if (running !== undefined) return refused(`${running.name} is running`);
  const reason = whyNotExecutable(stack, {
    isDeployed: facts.deployments[stack] !== undefined,
    hasProcessedData: facts.processed !== undefined,
    missingRawFiles: facts.missingRawFiles,
  });
  return reason === undefined ? ALLOWED : refused(reason);
}

/** Why a workflow cannot be executed, whatever the name and whoever is running; `undefined` if it can. */
export function whyNotExecutable(
  workflow: "collector" | "core",
  {
    isDeployed,
    hasProcessedData,
    missingRawFiles,
  }: {
    readonly isDeployed: boolean;
    readonly hasProcessedData: boolean;
    readonly missingRawFiles: readonly string[];
  },
): string | undefined {
  if (!isDeployed) return `deploy the ${STACK_TITLES[workflow]} first`;
  if (workflow === "core") {
    return hasProcessedData
      ? undefined
      : "there is no processed data yet: execute the collector first";
  }
  return missingRawFiles.length > 0 ? `upload ${missingRawFiles.join(", ")} first` : undefined;
}

/** May the stack be burned? */
export function mayBurn(stack: StackName, facts: Facts, isEmpty: boolean): Permission {
  const { deployments, running } = facts;
  const isThere = (other: StackName): boolean => deployments[other] !== undefined;
  const reason = busyWords(facts) ?? whyNotBurnable(stack, { running, isThere });
  if (reason !== undefined) return refused(reason);
  return isEmpty && !isThere(stack) ? refused("there is nothing to burn") : ALLOWED;
}

/** What is being done to a stack now; one thing at a time. */
export function busyWords({ burning, busy }: Pick<Facts, "burning" | "busy">): string | undefined {
  if (burning !== undefined) return `the ${STACK_TITLES[burning]} is being burned`;
  if (busy === undefined) return undefined;
  return `the ${STACK_TITLES[busy.stack]} is being ${busy.does === "burn" ? "burned" : "deployed"}`;
}

const ALLOWED: Permission = { allowed: true, reason: null };

function refused(reason: string): Permission {
  return { allowed: false, reason };
}
