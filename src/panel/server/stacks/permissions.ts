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
  if (!isDeployed) return `deploy the ${TITLES[workflow]} first`;
  if (workflow === "core") {
    return hasProcessedData
      ? undefined
      : "there is no processed data yet: execute the collector first";
  }
  return missingRawFiles.length > 0 ? `upload ${missingRawFiles.join(", ")} first` : undefined;
}

/**
 * May the stack be burned? As CloudFormation does not delete a stack whose outputs another one uses, a stack is
 * burned after those that build on it.
 */
export function mayBurn(stack: StackName, facts: Facts, isEmpty: boolean): Permission {
  const busy = busyWords(facts);
  if (busy !== undefined) return refused(busy);
  const [running] = facts.running;
  if (running !== undefined) {
    return refused(`${running.name} is running: wait for its end, or stop it`);
  }
  const user = BUILT_ON[stack].find((other) => facts.deployments[other] !== undefined);
  if (user !== undefined) {
    return refused(`the ${TITLES[user]} is built on it: burn that first`);
  }
  return isEmpty && facts.deployments[stack] === undefined
    ? refused("there is nothing to burn")
    : ALLOWED;
}

/** What is being done to a stack now; one thing at a time. */
export function busyWords({ burning, busy }: Pick<Facts, "burning" | "busy">): string | undefined {
  if (burning !== undefined) return `the ${TITLES[burning]} is being burned`;
  if (busy === undefined) return undefined;
  return `the ${TITLES[busy.stack]} is being ${busy.does === "burn" ? "burned" : "deployed"}`;
}

/** The stacks' names, as they are shown. */
export const TITLES: Readonly<Record<StackName, string>> = {
  collector: "Collector Stack",
  core: "Core Stack",
  responder: "Responder Stack",
};

/** The stacks that use what a stack makes, the last first: the order in which they are to be burned. */
const BUILT_ON: Readonly<Record<StackName, readonly StackName[]>> = {
  collector: ["responder", "core"],
  core: ["responder"],
  responder: [],
};

const ALLOWED: Permission = { allowed: true, reason: null };

function refused(reason: string): Permission {
  return { allowed: false, reason };
}
