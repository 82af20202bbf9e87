/** A string, or a character that gives JSON its shape, or anything between; blanks are left out. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * JSON with indentation. Its numbers and strings stay as they were sent, digit for digit: parsed ones would not, since
 * an id may be longer than a number can hold. What is no JSON comes back as it is.
 */
export function indentJson(text: string): string {
  if (!/^\s*[{[]/.test(text)) return text;
  const tokens = text.match(TOKEN) ?? [];
  let out = "";
  let depth = 0;
  const line = (): string => `\n${"  ".repeat(depth)}`;
  for (const [index, token] of tokens.entries()) {
    const isEmpty = (token === "{" || token === "[") && isClosing(tokens[index + 1]);
    if (token === "{" || token === "[") {
      depth++;
      out += isEmpty ? token : token + line();
    } else if (token === "}" || token === "]") {
      depth--;
      const wasOpened = tokens[index - 1] === "{" || tokens[index - 1] === "[";
      out += wasOpened ? token : line() + token;
    } else if (token === ",") {
      out += token + line();
    } else {
      out += token === ":" ? ": " : token;
    }
  }
  return out;
}

function isClosing(token: string | undefined): boolean {
  return token === "}" || token === "]";
}
