import type { Resource, Template } from "./templates.ts";

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: unknown;
}

/** What a role or a managed policy of a filled-in template allows. */
export function statementsOf(resource: Resource): readonly PolicyStatement[] {
  const { Policies, PolicyDocument } = resource.Properties as {
    readonly Policies?: readonly { readonly PolicyDocument: Document }[];
    readonly PolicyDocument?: Document;
  };
  const documents = [...(Policies ?? []).map((policy) => policy.PolicyDocument)];
  if (PolicyDocument !== undefined) documents.push(PolicyDocument);
  return documents.flatMap(({ Statement }) => Statement);
}

interface Document {
  readonly Statement: readonly PolicyStatement[];
}

/** Do the statements allow this action on this resource? A `*` in what is asked for stands for anything. */
export function allows(
  statements: readonly PolicyStatement[],
  action: string,
  resource: string,
): boolean {
  return statements.some(
    ({ Effect, Action, Resource: resources }) =>
      Effect === "Allow" &&
      Action.some((pattern) => matches(pattern, action)) &&
      resources.some((pattern) => matches(pattern, resource)),
  );
}

export function rolesOf(template: Template): readonly (readonly [string, Resource])[] {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === "AWS::IAM::Role");
}

function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`, "s").test(text);
}
