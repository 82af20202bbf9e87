import type { Template } from "./templates.ts";

/** Given values of parameters and attributes: `Bucket` or `JobRole.Arn`. */
export type Values = Readonly<Record<string, string>>;

const ACCOUNT: Values = {
  "AWS::Partition": "aws",
  "AWS::Region": "eu-west-1",
  "AWS::AccountId": "111122223333",
  "AWS::URLSuffix": "amazonaws.com",
  "AWS::StackName": "RecSysPanelAdmin",
};

/** CloudFormation's functions, as far as the templates use them; a small second implementation, for tests. */
export function fillIn(template: Template, values: Values): Template {
  const parameters = Object.fromEntries(
    Object.entries(template.Parameters).map(([name, { Default }]) => [name, String(Default ?? "")]),
  );
  const known: Values = { ...ACCOUNT, ...parameters, ...values };
  const look = (name: string): string => known[name] ?? `<${name}>`;

  const value = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(value).filter((item) => item !== ABSENT);
    if (typeof node !== "object" || node === null) return node;
    const [[name, argument] = ["", undefined], ...more] = Object.entries(node);
    const list = argument as readonly unknown[];
    if (more.length === 0) {
      if (name === "Ref") return argument === "AWS::NoValue" ? ABSENT : look(argument as string);
      if (name === "Fn::GetAtt") return look(list.join("."));
      if (name === "Fn::If") return value(list[holds(list[0] as string) ? 1 : 2]);
      if (name === "Fn::Join") return (value(list[1]) as string[]).join(list[0] as string);
      if (name === "Fn::Split") return (value(list[1]) as string).split(list[0] as string);
      if (name === "Fn::Select") return (value(list[1]) as string[])[Number(list[0])];
      if (name === "Fn::Base64") return value(argument);
      if (name === "Fn::Sub") return substitute(argument);
    }
    const entries = Object.entries(node).map(([key, part]) => [key, value(part)] as const);
    return Object.fromEntries(entries.filter(([, part]) => part !== ABSENT));
  };
  const substitute = (argument: unknown): string => {
    const [text, own] = Array.isArray(argument)
      ? (argument as [string, Readonly<Record<string, unknown>>])
      : [argument as string, {}];
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === "!") return `\${${name}}`;
      return name in own ? String(value(own[name])) : look(name);
    });
  };
  const holds = (condition: string): boolean => test(template.Conditions[condition]);
  const test = (node: unknown): boolean => {
    const [[name, argument]] = Object.entries(node as object) as [[string, unknown]];
    const list = argument as readonly unknown[];
    if (name === "Fn::Not") return !test(list[0]);
    if (name === "Fn::Equals") return value(list[0]) === value(list[1]);
    if (name === "Condition") return holds(argument as string);
    throw new Error(`the condition ${name} is not known here`);
  };

  const resources = Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || holds(Condition))
    .map(([name, resource]) => [name, value(resource)]);
  return {
    ...template,
    Resources: Object.fromEntries(resources) as Template["Resources"],
    Outputs: value(template.Outputs) as Template["Outputs"],
  };
}

const ABSENT = Symbol("AWS::NoValue");
