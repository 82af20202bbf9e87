import { type Random, random } from "../kernels/index.ts";
import { BRANDS, CATEGORIES, type Style, STYLES } from "./assortment.ts";
import { oneOf } from "./pick.ts";
import { keyOf, type Shop } from "./shop.ts";
import { type Column, pythonList } from "./table.ts";

const TITLE_LETTERS = "ABCDEFGHKLMNPRSTUVWX";

/** The columns of `item_features.csv`. */
export const ITEM_COLUMNS: readonly Column[] = [
  { name: "item_id", type: "ID" },
  { name: "title", type: "string" },
  { name: "department", type: "string" },
  { name: "brand", type: "string" },
  { name: "price", type: "double" },
  { name: "year", type: "int" },
  { name: "tags", type: "set" },
  { name: "colours", type: "set" },
];

/**
 * The items' features, a row an item. They show the latent traits, though none for certain: department and
 * the words of title and tags the category; brand, price, tags and colours the style; year the arrival.
 */
export function* itemRows({ options, items }: Shop): Generator<readonly string[]> {
  const stream = random(keyOf(options.seed, "item features"));
  for (let i = 0; i < items.count; i++) {
    const category = CATEGORIES[items.category[i]!]!;
    const style = STYLES[items.style[i]!]!;
    const { department } = category;
    const brand = BRANDS[department]![mostly(stream, 0.8, items.style[i]!)]!;
    const colours = drawColours(stream, style);
    const model = `${TITLE_LETTERS[brand.length % TITLE_LETTERS.length]!}${100 + i}`;
    const title = `${brand} ${oneOf(stream, style.adjectives)} ${category.name}, ${colours[0]!} ${model}`;
    const price = category.price * style.priceFactor * (0.7 + 0.6 * stream.uniform());
    const year =
      items.arrivalWeek[i] === 0
        ? 2016 + stream.integer(9)
        : items.arrivalWeek[i]! < 52
          ? 2025
          : 2026;
    yield [
      (i + 1).toString(),
      title,
      department,
      brand,
      price.toFixed(2),
      year.toString(),
      pythonList(drawTags(stream, category.name, department, style)),
      pythonList(colours),
    ];
  }
}

/** The style itself with this probability, else any. */
function mostly(stream: Random, probability: number, style: number): number {
  return stream.uniform() < probability ? style : stream.integer(STYLES.length);
}

function drawColours(stream: Random, style: Style): string[] {
  const colours = [oneOf(stream, style.colours)];
  if (stream.uniform() < 0.4) colours.push(oneOf(stream, oneOf(stream, STYLES).colours));
  return [...new Set(colours)];
}

function drawTags(stream: Random, category: string, department: string, style: Style): string[] {
  const tags: string[] = [];
  if (stream.uniform() < 0.9) tags.push(category);
  for (const tag of style.tags) if (stream.uniform() < 0.6) tags.push(tag);
  if (department === "Toys") tags.push("children's");
  if (stream.uniform() < 0.2) tags.push(oneOf(stream, ["gift idea", "bestseller", "on sale"]));
  return tags;
}
