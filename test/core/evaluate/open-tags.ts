const VOID = new Set(["meta"]);

/**
 * What is wrong with the nesting of a page's tags, by a plain stack: a tag closed that is not open, or one that is
 * never closed. Void elements need no end, and SVG's may end themselves.
 */
export function nestingProblems(page: string): readonly string[] {
  const open: string[] = [];
  const problems: string[] = [];
  const withoutStyle = page.replace(/<style>[^<]*<\/style>/, "").replace("<!doctype html>", "");
  for (const [tag, end, name, rest] of withoutStyle.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9-]*="[^"<]*")*\s*\/?)>/g,
  )) {
    if (end === "/") {
      const expected = open.pop();
      if (expected !== name) problems.push(`${tag} closes <${expected ?? ""}>`);
    } else if (!rest!.endsWith("/") && !VOID.has(name!)) {
      open.push(name!);
    }
  }
  const tags = withoutStyle.replace(
    /<\/?[a-z][a-z0-9]*(?:\s+[a-zA-Z][a-zA-Z0-9-]*="[^"<]*")*\s*\/?>/g,
    "",
  );
  if (/[<>]/.test(tags)) problems.push(`not a tag: ${/.{0,40}[<>].{0,40}/s.exec(tags)![0]}`);
  return [...problems, ...open.map((name) => `<${name}> is never closed`)];
}
