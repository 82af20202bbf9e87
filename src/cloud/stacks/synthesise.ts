import { App } from "aws-cdk-lib";

import { PanelStack } from "./panel/panel-stack.ts";
import { ResponderStack } from "./responder/responder-stack.ts";
import { COLLECTOR, CORE } from "./workflow/components.ts";
import { WorkflowStack } from "./workflow/workflow-stack.ts";

/** All stacks in an app of their own. */
export function recSysApp(outdir: string): App {
  const app = new App({ outdir, analyticsReporting: false, treeMetadata: false });
  for (const component of [COLLECTOR, CORE]) new WorkflowStack(app, component);
  new ResponderStack(app);
  new PanelStack(app);
  return app;
}

/** The templates by their stack's name. */
export function synthesise(outdir: string): ReadonlyMap<string, object> {
  const assembly = recSysApp(outdir).synth();
  return new Map(
    assembly.stacks.map((stack) => [stack.stackName, stack.template as object] as const),
  );
}
