import { percent } from "../../format/numbers.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** The attribute that names an entity for people: one called so, else the first whose name tells of one. */
export function titleKey(attributes: Attributes): string | undefined {
  const texts = Object.keys(attributes).filter((name) => typeof attributes[name] === "string");
  return (
    texts.find((name) => /^(title|name)$/i.test(name)) ??
    texts.find((name) => /title|name/i.test(name))
  );
}

/** An entity's title; its id where it has none. */
export function titleOf(id: string, attributes: Attributes): string {
  const key = titleKey(attributes);
  return key === undefined ? id : String(attributes[key]);
}

/** An attribute's value in a line; null where there is none. */
export function attributeWords(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** An attribute's name for people: "user_age" is "User age". */
export function attributeName(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "12.3 %"; small ones to two digits that count. */
export function probabilityWords(probability: number): string {
  if (probability >= 0.01 || probability === 0) return percent(probability);
  if (probability < 0.0001) return "under 0.01 %";
  return `${(100 * probability).toPrecision(2)} %`;
}

/** How like another an item is by the model's vectors, in words before the other's name. */
export function likenessWords(similarity: number): string {
  if (similarity >= 0.8) return "almost the same as";
  if (similarity >= 0.6) return "very similar to";
  if (similarity >= 0.4) return "similar to";
  return "somewhat similar to";
}

/** "21st", of 21. */
export function ordinal(rank: number): string {
  const ending = ENDINGS[RULES.select(rank)] ?? "th";
  return `${rank.toLocaleString("en")}${ending}`;
}

const RULES = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = {
  one: "st",
  two: "nd",
  few: "rd",
};

/** A number of things: "1 item", "3 items". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** A feature's value as the model sees it: the span of a number is told as one reads it, "2017" for 2017 to under 2018. */
export function valueWords(value: string): string {
  const [, from, to] = /^\[(\S+), (\S+)\)$/.exec(value) ?? [];
  if (from !== undefined && to !== undefined) {
    const isOne = Number.isInteger(Number(from)) && Number(to) === Number(from) + 1;
    return isOne ? from : `${from} to under ${to}`;
  }
  return value.replace(/^>= /, "at least ").replace(/^< /, "under ");
}
