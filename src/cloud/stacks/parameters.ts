import { CfnCondition, CfnParameter, type CfnParameterProps, Fn, Token } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** A parameter of a template; its description is what a person reads beside it. */
export function parameter(
  scope: Construct,
  name: string,
  props: CfnParameterProps & { readonly description: string },
): string {
  return new CfnParameter(scope, name, { type: "String", ...props }).valueAsString;
}

/** A parameter that is a whole number. */
export function numberParameter(
  scope: Construct,
  name: string,
  props: CfnParameterProps & { readonly description: string; readonly default: number },
): number {
  return new CfnParameter(scope, name, { type: "Number", ...props }).valueAsNumber;
}

/** A parameter that is either "true" or "false", and the condition that holds where it is "true". */
export function switchParameter(
  scope: Construct,
  name: string,
  props: { readonly description: string; readonly default: "true" | "false" },
): CfnCondition {
  const value = parameter(scope, name, { ...props, allowedValues: ["true", "false"] });
  return new CfnCondition(scope, `${name}IsTrue`, {
    expression: Fn.conditionEquals(value, "true"),
  });
}

/** A condition that holds where a value is not empty. */
export function isGiven(scope: Construct, name: string, value: string): CfnCondition {
  return new CfnCondition(scope, name, {
    expression: Fn.conditionNot(Fn.conditionEquals(value, "")),
  });
}

/** A value where a condition holds; where it does not, nothing stands there. */
export function onlyIf<T>(condition: CfnCondition, value: T): T {
  return either(condition, value, { Ref: "AWS::NoValue" } as T);
}

/** One value where a condition holds, the other where it does not. */
export function either<T>(condition: CfnCondition, value: T, otherwise: T): T {
  const chosen = Fn.conditionIf(condition.logicalId, value, otherwise);
  return (typeof value === "string" ? Token.asString(chosen) : Token.asAny(chosen)) as T;
}
