/** A piece of HTML or SVG that is safe as it stands. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | readonly Markup[];

/** A template whose texts are escaped; pieces of markup and lists of them stand as they are. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const texts = parts.map(textOf);
  return new Markup(pieces.map((piece, at) => piece + (texts[at] ?? "")).join(""));
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return part.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  return part.map(({ text }) => text).join("");
}
