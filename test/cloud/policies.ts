import type { Resource, Template } from "./templates.ts";

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** Operator → key → what it is compared with. */
type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What a request says beside its action and resource: the keys of conditions. All requests are made in one region. */
export type RequestContext = Readonly<Record<string, string>>;
const EVERY_REQUEST: RequestContext = { "aws:RequestedRegion": "eu-west-1" };

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

/**
 * Do the statements allow this action on this resource, in a request of this context? A `*` in what is asked for stands
 * for anything.
 */
export function allows(
  statements: readonly PolicyStatement[],
  action: string,
  resource: string,
  context: RequestContext = {},
): boolean {
  const effects = statements
    .filter(
      ({ Action, Resource: resources, Condition: condition = {} }) =>
        Action.some((pattern) => matches(pattern, action)) &&
        resources.some((pattern) => matches(pattern, resource)) &&
        holds(condition, { ...EVERY_REQUEST, ...context }),
    )
    .map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

/** Contexts in which a statement counts: one for each value that its condition would take. */
export function contextsOf({
  Condition: condition = {},
}: PolicyStatement): readonly RequestContext[] {
  const keys = Object.values(condition).flatMap((tests) => Object.entries(tests));
  return keys.reduce<readonly RequestContext[]>(
    (contexts, [key, values]) =>
      listOf(values).flatMap((value) => contexts.map((context) => ({ ...context, [key]: value }))),
    [{}],
  );
}

/**
 * Does a condition hold? Of all operators and keys, for one of the values each.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function holds(condition: Condition, context: RequestContext): boolean {
  return Object.entries(condition).every(([operator, tests]) =>
    Object.entries(tests).every(([key, values]) => {
      const [, name = operator, ifExists] = /^(.*?)(IfExists)?$/.exec(operator)!;
      const compare = OPERATORS[name];
      if (compare === undefined) throw new Error(`the operator ${operator} is not known here`);
      const given = context[key];
      if (given === undefined) return ifExists !== undefined;
      return listOf(values).some((value) => compare(value, given));
    }),
  );
}

const OPERATORS: Readonly<Record<string, (value: string, given: string) => boolean>> = {
  StringEquals: (value, given) => value === given,
  StringLike: (value, given) => matches(value, given),
};

function listOf(values: string | readonly string[]): readonly string[] {
  return typeof values === "string" ? [values] : values;
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
