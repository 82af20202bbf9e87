import { type Call, callPath, type Method, parametersOf } from "./methods.ts";

/** The call as a line for a shell. The key stands in a variable, so that it gets into no history. */
export function curlOf(invokeUrl: string, method: Method, call: Call, withKey: boolean): string {
  const key = withKey ? ` \\\n  -H "X-API-Key: $RECSYS_API_KEY"` : "";
  return `curl '${invokeUrl}${callPath(method, call)}'${key}`;
}

/** The call as TypeScript that runs as it is, in Node and in browsers. */
export function typeScriptOf(
  invokeUrl: string,
  method: Method,
  call: Call,
  withKey: boolean,
): string {
  const parameters = parametersOf(method, call).map(
    ([name, value]) => `  ${name}: ${JSON.stringify(value)},`,
  );
  const headers = withKey ? `, { headers: { "X-API-Key": process.env["RECSYS_API_KEY"]! } }` : "";
  return [
    `const url = new URL(${JSON.stringify(invokeUrl + method.path)});`,
    `url.search = new URLSearchParams({`,
    ...parameters,
    `}).toString();`,
    `const response = await fetch(url${headers});`,
    "if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);",
    `const answer = (await response.json()) as Record<`,
    `  string,`,
    `  readonly ${method.rowType}[]`,
    `>;`,
  ].join("\n");
}
