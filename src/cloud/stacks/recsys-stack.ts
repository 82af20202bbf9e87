import { DefaultStackSynthesizer, type IStackSynthesizer, Stack, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";

/**
 * A stack that becomes a plain template: no assets, no bootstrap, no account or region baked in, and every resource that
 * can be is tagged.
 */
export abstract class RecSysStack extends Stack {
  protected constructor(
    scope: Construct,
    name: string,
    { component, description }: { readonly component: string; readonly description: string },
  ) {
    super(scope, name, {
      stackName: name,
      description,
      // CDK's own types were not made for exactOptionalPropertyTypes.
      synthesizer: new DefaultStackSynthesizer({
        generateBootstrapVersionRule: false,
      }) as IStackSynthesizer,
      analyticsReporting: false,
    });
    Tags.of(this).add("Application", "RecSys");
    Tags.of(this).add("RecSysComponent", component);
  }
}
