import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A template as it is shipped. */
export interface Template {
  readonly Parameters: Readonly<Record<string, Parameter>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Rules?: Readonly<Record<string, Rule>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

interface Parameter {
  readonly Type: string;
  readonly Default?: string | number;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly string[];
  readonly Description: string;
}

interface Rule {
  readonly RuleCondition?: unknown;
  readonly Assertions: readonly { readonly Assert: unknown; readonly AssertDescription: string }[];
}

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly CreationPolicy?: unknown;
  readonly DependsOn?: readonly string[];
  readonly Metadata?: {
    readonly RecSys?: { readonly AnyResource?: Readonly<Record<string, string>> };
  };
  readonly Properties: Readonly<Record<string, unknown>>;
}

const FOLDER = fileURLToPath(new URL("../../src/cloud/templates", import.meta.url));

export const NAMES = [
  "RecSysCollectorStack",
  "RecSysCoreStack",
  "RecSysPanelAdmin",
  "RecSysResponderStack",
];

export function templatePath(name: string): string {
  return `${FOLDER}/${name}.template.json`;
}

export function templateText(name: string): string {
  return readFileSync(templatePath(name), "utf8");
}

export function template(name: string): Template {
  return JSON.parse(templateText(name)) as Template;
}

/** The properties of the state machine of a stack. */
export function stateMachineOf(name: string): {
  readonly StateMachineName: string;
  readonly DefinitionString: string;
  readonly DefinitionSubstitutions: Readonly<Record<string, unknown>>;
} {
  return template(name).Resources["StateMachine"]!.Properties as never;
}

/** The names of the templates that are there. */
export function shippedNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".template.json"))
    .map((file) => file.replace(".template.json", ""))
    .sort();
}

/** The resources of a type, by name. */
export function resourcesOf(name: string, type: string): readonly (readonly [string, Resource])[] {
  return Object.entries(template(name).Resources).filter(([, resource]) => resource.Type === type);
}
