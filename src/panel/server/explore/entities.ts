import type { ServedEntities } from "../../../storage/index.ts";

/** Users or items as they are shown: by their number, or found by their id. */
export interface Entities {
  readonly count: number;
  readonly indexOf: (id: string) => number | undefined;
  idOf(index: number): string;
  attributesOf(index: number): Record<string, unknown>;
  titleOf(index: number): string | null;
}

/** Reads what the responder would write of each. */
export function shownEntities(
  { indexOf, texts }: ServedEntities,
  idName: "item_id" | "user_id",
  title: string | undefined,
): Entities {
  const { bounds } = texts;
  const bytes = Buffer.from(texts.bytes.buffer, texts.bytes.byteOffset, texts.bytes.byteLength);
  const opening = `,{"${idName}":`.length;
  const idOf = (index: number): string => {
    const text = bytes.toString("utf8", bounds[2 * index]! + opening, bounds[2 * index + 1]);
    return text.startsWith('"') ? (JSON.parse(text) as string) : text;
  };
  const attributesOf = (index: number): Record<string, unknown> => {
    // `,"age":29}`, or `}` where there are none.
    const text = bytes.toString("utf8", bounds[2 * index + 1], bounds[2 * index + 2]);
    return JSON.parse(`{${text.replace(/^,/, "")}`) as Record<string, unknown>;
  };
  return {
    count: (bounds.length - 1) / 2,
    indexOf,
    idOf,
    attributesOf,
    titleOf(index) {
      if (title === undefined) return null;
      const value = attributesOf(index)[title];
      return typeof value === "string" ? value : null;
    },
  };
}
