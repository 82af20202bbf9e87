import { type Emulator, startEmulator } from "./emulator.ts";

/** Starts MiniStack, an independent emulator of CloudFormation, Step Functions, API Gateway and others. */
export function startMiniStack(
  environment: Readonly<Record<string, string>> = {},
): Promise<Emulator> {
  return startEmulator("ministack.app", {
    environment: (port) => ({
      GATEWAY_PORT: String(port),
      BIND_HOST: "127.0.0.1",
      IOT_MTLS_ENABLED: "0", // this listener would open on all addresses
      ...environment,
    }),
  });
}

/** Creates a stack and gives its status, its outputs and, if it went wrong, why. */
export function createStack(
  aws: Emulator,
  name: string,
  template: string,
  parameters: Readonly<Record<string, string>>,
): Promise<StackEnd> {
  return change("CreateStack", aws, name, template, parameters);
}

/** Changes a stack's template or parameters and gives the same. */
export function updateStack(
  aws: Emulator,
  name: string,
  template: string,
  parameters: Readonly<Record<string, string>>,
): Promise<StackEnd> {
  return change("UpdateStack", aws, name, template, parameters);
}

interface StackEnd {
  readonly status: string;
  readonly outputs: Record<string, string>;
  readonly reasons: readonly string[];
}

async function change(
  action: "CreateStack" | "UpdateStack",
  aws: Emulator,
  name: string,
  template: string,
  parameters: Readonly<Record<string, string>>,
): Promise<StackEnd> {
  await aws.query("cloudformation", {
    Action: action,
    Version: "2010-05-15",
    StackName: name,
    TemplateBody: template,
    "Capabilities.member.1": "CAPABILITY_NAMED_IAM",
    ...Object.fromEntries(
      Object.entries(parameters).flatMap(([key, value], i) => [
        [`Parameters.member.${i + 1}.ParameterKey`, key],
        [`Parameters.member.${i + 1}.ParameterValue`, value],
      ]),
    ),
  });
  for (;;) {
    const xml = await aws.query("cloudformation", {
      Action: "DescribeStacks",
      Version: "2010-05-15",
      StackName: name,
    });
    const status = /<StackStatus>(.*?)<\/StackStatus>/.exec(xml)![1]!;
    if (!status.endsWith("IN_PROGRESS")) {
      const outputs = [
        ...xml.matchAll(/<OutputKey>(.*?)<\/OutputKey>\s*<OutputValue>(.*?)<\/OutputValue>/g),
      ];
      const events = await aws.query("cloudformation", {
        Action: "DescribeStackEvents",
        Version: "2010-05-15",
        StackName: name,
      });
      return {
        status,
        outputs: Object.fromEntries(outputs.map(([, key, value]) => [key!, value!])),
        reasons: [...events.matchAll(/<ResourceStatusReason>(.*?)<\/ResourceStatusReason>/g)].map(
          ([, reason]) => reason!,
        ),
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Deletes a stack and gives how that ended. */
export async function deleteStack(aws: Emulator, name: string): Promise<string> {
  const request = { Version: "2010-05-15", StackName: name };
  const before = await aws.query("cloudformation", { Action: "DescribeStacks", ...request });
  const id = /<StackId>(.*?)<\/StackId>/.exec(before)![1]!;
  await aws.query("cloudformation", { Action: "DeleteStack", ...request });
  for (;;) {
    // A deleted stack is known by its id only.
    const xml = await aws.query("cloudformation", {
      Action: "DescribeStacks",
      Version: "2010-05-15",
      StackName: id,
    });
    const status = /<StackStatus>(.*?)<\/StackStatus>/.exec(xml)![1]!;
    if (!status.endsWith("IN_PROGRESS")) return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
