import { DefinitionError } from "./error.ts";
import { type IntrinsicName, INTRINSICS } from "./intrinsic.ts";
import type { Json } from "./json.ts";
import { type Documents, parsePath, type Path, read } from "./path.ts";

/** The value of a field whose name ends in `.$`: a path, or a call of an intrinsic function. */
type Expression =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "literal"; readonly value: number | boolean | null }
  /** A quoted string as written, its escapes still in it. */
  | { readonly kind: "text"; readonly raw: string }
  | {
      readonly kind: "call";
      readonly name: IntrinsicName;
      readonly values: readonly Expression[];
    };

const CALL = /(States\.[A-Za-z]+)\(\s*/y;
const TEXT = /'((?:[^'\\]|\\.)*)'/y;
const PATH = /\$(?:[^\s,'()[\]]|\['[^']*'\]|\[[^\]]*\])*/y;
const LITERAL = /-?[0-9]+(?:\.[0-9]+)?|true|false|null/y;
const SEPARATOR = /\s*,\s*/y;
const CLOSE = /\s*\)/y;

/** @throws DefinitionError if the text is neither a path nor a call of the subset's functions */
export function parseExpression(text: string): Expression {
  if (text.startsWith("$")) return { kind: "path", path: parsePath(text) };
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match !== null) position = pattern.lastIndex;
    return match;
  };

  const parseValue = (): Expression => {
    const call = take(CALL);
    if (call !== null) return parseCall(call[1]!);
    const quoted = take(TEXT);
    if (quoted !== null) return { kind: "text", raw: quoted[1]! };
    const path = take(PATH);
    if (path !== null) return { kind: "path", path: parsePath(path[0]) };
    const literal = take(LITERAL);
    if (literal === null) {
      throw new DefinitionError(`"${text}" is not understood at "${text.slice(position)}"`);
    }
    return { kind: "literal", value: JSON.parse(literal[0]) as number | boolean | null };
  };

  const parseCall = (name: string): Expression => {
    if (!isIntrinsic(name)) {
      const known = Object.keys(INTRINSICS).join(", ");
      throw new DefinitionError(`there is no function ${name} here; there are ${known}`);
    }
    const values: Expression[] = [];
    while (take(CLOSE) === null) {
      if (values.length > 0 && take(SEPARATOR) === null) {
        throw new DefinitionError(`"${text}" lacks "," or ")" at "${text.slice(position)}"`);
      }
      values.push(parseValue());
    }
    return { kind: "call", name, values };
  };

  const expression = parseValue();
  if (position < text.length || expression.kind !== "call") {
    throw new DefinitionError(`expected a path or a call of an intrinsic function, got "${text}"`);
  }
  return expression;
}

/** @throws WorkflowError if a path leads nowhere or a function cannot take its values */
export function evaluate(expression: Expression, documents: Documents): Json {
  switch (expression.kind) {
    case "path":
      return read(expression.path, documents);
    case "literal":
      return expression.value;
    case "text":
      return expression.raw.replace(/\\(.)/g, "$1");
    case "call": {
      const values = expression.values.map((value, i) =>
        // The template of Format keeps its escapes: there `\{}` is no placeholder.
        i === 0 && expression.name === "States.Format" && value.kind === "text"
          ? value.raw
          : evaluate(value, documents),
      );
      return INTRINSICS[expression.name](...values);
    }
  }
}

function isIntrinsic(name: string): name is IntrinsicName {
  return Object.hasOwn(INTRINSICS, name);
}
