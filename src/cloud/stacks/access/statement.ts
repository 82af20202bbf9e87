import { Fn } from "aws-cdk-lib";

/** A statement of an IAM policy, with why it may name no resource if it does not. */
export interface Statement {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, unknown>>;
  /** Only with the resource `*`; stands in the template's metadata, beside the role. */
  readonly anyResource?: string;
}

/** Allows actions on the resources that are named. */
export function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Statement["condition"],
): Statement {
  return { sid, effect: "Allow", actions, resources, ...(condition && { condition }) };
}

/** Allows actions that AWS does not tie to a resource; the reason is kept in the template. */
export function allowOnAny(
  sid: string,
  actions: readonly string[],
  anyResource: string,
  condition?: Statement["condition"],
): Statement {
  return { ...allow(sid, actions, ["*"], condition), anyResource };
}

/** The ARN of something in this account and region; `${Parameter}` is filled in. */
export function arn(service: string, resource: string): string {
  return Fn.sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);
}

/** The policy document of some statements. */
export function policyDocument(statements: readonly Statement[]): object {
  return {
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect, actions, resources, condition }) => ({
      Sid: sid,
      Effect: effect,
      Action: actions,
      Resource: resources,
      ...(condition && { Condition: condition }),
    })),
  };
}

/** What the statements say about the resources that they do not name. */
export function reasons(statements: readonly Statement[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    statements.flatMap(({ sid, anyResource }) =>
      anyResource === undefined ? [] : [[sid, anyResource]],
    ),
  );
}
