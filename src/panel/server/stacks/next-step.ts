import { STACK_TITLES } from "../../../words/index.ts";
import { type Overview, type StackName, STACKS } from "../../../schema/index.ts";
import type { Facts } from "./facts.ts";
import { differingSettings } from "./stack-settings.ts";

/** The one thing to do next, on the way from an empty bucket to answers (Q101, Q112, Q113). */
export function nextStep(facts: Facts): Overview["nextStep"] {
  const { deployments, missingRawFiles: missing, processed, served } = facts;
  const isFresh = !facts.hasDraft && STACKS.every((stack) => deployments[stack] === undefined);
  if (isFresh && served === undefined) {
    return {
      label: "Begin Customization",
      page: "/customization",
      button: null,
      why: "Nothing is set up yet: choose what is to run, and on what.",
    };
  }
  if (missing.length > 0 && processed === undefined) {
    return {
      label: "Upload your data",
      page: "/data",
      button: null,
      why: `Still missing: ${missing.join(", ")}.`,
    };
  }
  const running = facts.running[0];
  if (running !== undefined) {
    return {
      label: "Watch the execution",
      page: "/serving-recipe",
      button: null,
      why: `${running.name} is running.`,
    };
  }
  const serving = (
    does: "deploy" | "execute",
    stack: StackName,
    label: string,
    why: string,
  ): Overview["nextStep"] => ({ label, page: "/serving-recipe", button: { stack, does }, why });
  if (deployments.collector === undefined) {
    return serving(
      "deploy",
      "collector",
      "Deploy the Collector Stack",
      "It reads and checks the raw files.",
    );
  }
  if (processed === undefined) {
    return serving(
      "execute",
      "collector",
      "Execute the collector",
      "The raw files are there and not read yet.",
    );
  }
  if (deployments.core === undefined) {
    return serving("deploy", "core", "Deploy the Core Stack", "It trains, judges and recommends.");
  }
  if (served === undefined) {
    return serving(
      "execute",
      "core",
      "Execute the core",
      "The data are ready, and there is no model yet.",
    );
  }
  if (deployments.responder === undefined) {
    return serving(
      "deploy",
      "responder",
      "Deploy the Responder Stack",
      "The recommendations wait to be asked for.",
    );
  }
  const changed = STACKS.find(
    (stack) => differingSettings(stack, facts.config, deployments[stack]!.config).length > 0,
  );
  if (changed !== undefined) {
    return serving(
      "deploy",
      changed,
      `Deploy the ${STACK_TITLES[changed]} again`,
      "The draft has changed since it was deployed.",
    );
  }
  return {
    label: "Look at the dashboard",
    page: "/dashboard",
    button: null,
    why: "Everything is deployed and answers.",
  };
}
