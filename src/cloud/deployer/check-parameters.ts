/** Parameters that a template does not take as they are given. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
}

/** The names of a template's parameters. */
export function parameterNames(template: string): readonly string[] {
  return Object.keys(parametersOf(template));
}

interface TemplateParameter {
  readonly Default?: string | number;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly (string | number)[];
  readonly ConstraintDescription?: string;
}

/**
 * Checks parameters against a template, as CloudFormation will, but all at once and before it is asked.
 *
 * @throws ParameterError that names each that is unknown, missing or not allowed
 */
export function checkParameters(template: string, given: Readonly<Record<string, string>>): void {
  const parameters = parametersOf(template);
  const known = Object.keys(parameters);
  const problems = [
    ...Object.keys(given)
      .filter((name) => !known.includes(name))
      .map((name) => `there is no ${name}; there are ${known.join(", ")}`),
    ...Object.entries(parameters).flatMap(([name, parameter]) =>
      problemOf(name, parameter, given[name]),
    ),
  ];
  if (problems.length > 0) {
    throw new ParameterError(`the stack's parameters: ${problems.join("; ")}`);
  }
}

function parametersOf(template: string): Readonly<Record<string, TemplateParameter>> {
  const { Parameters = {} } = JSON.parse(template) as {
    readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  };
  return Parameters;
}

function problemOf(
  name: string,
  { Default, AllowedPattern, AllowedValues, ConstraintDescription }: TemplateParameter,
  value: string | undefined,
): readonly string[] {
  if (value === undefined) return Default === undefined ? [`${name} is missing`] : [];
  if (AllowedValues !== undefined && !AllowedValues.map(String).includes(value)) {
    return [`${name} must be one of ${AllowedValues.join(", ")}, got "${value}"`];
  }
  // CloudFormation matches the whole value.
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
    return [`${name} must be ${ConstraintDescription ?? `like ${AllowedPattern}`}, got "${value}"`];
  }
  return [];
}
