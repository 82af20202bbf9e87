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

/** The template with the policies that are attached to a role moved into it. */
export function withAttached(template: Template): Template {
  const resources = Object.entries(template.Resources);
  const attached = resources.filter(([, { Type }]) => Type === "AWS::IAM::Policy");
  const merged = resources.map(([name, resource]) => {
    const own = attached.filter(([, { Properties }]) =>
      (Properties["Roles"] as readonly string[]).includes(`<${name}>`),
    );
    const inline = (resource.Properties["Policies"] ?? []) as readonly object[];
    const reasons = [resource, ...own.map(([, policy]) => policy)].map(
      ({ Metadata }) => Metadata?.RecSys?.AnyResource,
    );
    if (own.length === 0) return [name, resource] as const;
    return [
      name,
      {
        ...resource,
        Metadata: {
          RecSys: { AnyResource: Object.assign({}, ...reasons) as Record<string, string> },
        },
        Properties: {
          ...resource.Properties,
          Policies: [...inline, ...own.map(([, { Properties }]) => Properties)],
        },
      },
    ] as const;
  });
  return { ...template, Resources: Object.fromEntries(merged) };
}

export function rolesOf(template: Template): readonly (readonly [string, Resource])[] {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === "AWS::IAM::Role");
}

function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`, "s").test(text);
}
