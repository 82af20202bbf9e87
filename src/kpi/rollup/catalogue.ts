import { type Database, identifier } from "../../database/index.ts";
import { DataError, type FeatureColumn, type KpiContent } from "../../schema/index.ts";
import { FIRST_CATEGORY } from "./codes.ts";
import { type Measurement, writeRollup } from "./measurement.ts";

/** Values that are categories of their own, those of the most items first. */
const MOST_CATEGORIES = 50;
/** The category of the items that are in no other. */
const OTHER = "other";
const TITLES = ["title", "name"];

/** What is known of the items beside their interactions. */
export type Catalogue = Pick<KpiContent, "categoryFeature" | "categories" | "titleFeature">;

/**
 * Writes the items with their titles and their categories, and leaves the latter in the table `item_categories`
 * (`category, item`): of a set each value is one; an item none of whose values is among the 50 of the most items, or
 * that has none, is in "other", and so is one that has a value of this name.
 *
 * @param measurement - whose views `items` is one of
 * @param wanted - the feature that the configuration names
 * @throws DataError if that is none, or none that has categories
 */
export async function writeCatalogue(
  measurement: Measurement,
  wanted: string | undefined,
): Promise<Catalogue> {
  const { database, data, missing } = measurement;
  // By place: two names that differ only in case are not the same in the file.
  const columns = data.itemFeatures.map((_, at) => `c${at}`);
  await database.run(`
    CREATE VIEW catalogue AS SELECT * FROM items AS t(${["item", "item_id", ...columns].join(", ")})`);
  const title = titleFeature(data.itemFeatures);
  await writeRollup(
    measurement,
    "catalogue.parquet",
    `SELECT item, item_id, ${title === undefined ? "NULL::VARCHAR" : columnOf(data.itemFeatures, title)} AS title
      FROM catalogue ORDER BY item`,
  );
  const feature = await categoryFeature(database, data.itemFeatures, wanted);
  if (feature === undefined) {
    missing.push({
      what: "categories",
      why: "no item feature of type string or set has two values or more, so that there are no categories",
    });
  }
  const categories = await numberCategories(measurement, feature);
  await writeRollup(
    measurement,
    "item_categories.parquet",
    "SELECT category, item FROM item_categories ORDER BY category, item",
  );
  return {
    categoryFeature: feature?.name ?? null,
    categories,
    titleFeature: title?.name ?? null,
  };
}

/** A string called title or name, else the first free text. */
function titleFeature(features: readonly FeatureColumn[]): FeatureColumn | undefined {
  const texts = features.filter(({ type }) => type === "string");
  return (
    texts.find(({ name }) => TITLES.includes(name.trim().toLowerCase())) ??
    texts.find(({ treatment }) => treatment === "words")
  );
}

async function categoryFeature(
  database: Database,
  features: readonly FeatureColumn[],
  wanted: string | undefined,
): Promise<FeatureColumn | undefined> {
  const candidates = features.filter(
    ({ type, treatment }) => (type === "string" || type === "set") && treatment === "token",
  );
  if (wanted !== undefined) {
    const found = candidates.find(({ name }) => name === wanted);
    if (found !== undefined) return found;
    const names = candidates.map(({ name }) => `"${name}"`).join(", ");
    throw new DataError(
      { file: "item_features.csv" },
      `dashboard.categoryFeature is "${wanted}", but the items have no feature of categories with this name; ` +
        (names === "" ? "leave it out: they have none" : `choose one of ${names}`),
    );
  }
  let fewest: { readonly feature: FeatureColumn; readonly values: number } | undefined;
  for (const feature of candidates) {
    const [count] = await database.row(
      `SELECT count(DISTINCT value)::DOUBLE FROM (${valuesOf(features, feature)})`,
    );
    const values = Number(count);
    if (values > 1 && (fewest === undefined || values < fewest.values))
      fewest = { feature, values };
  }
  return fewest?.feature;
}

async function numberCategories(
  { database, data }: Measurement,
  feature: FeatureColumn | undefined,
): Promise<KpiContent["categories"]> {
  if (feature === undefined) {
    await database.run(
      "CREATE TABLE item_categories AS SELECT 0::UTINYINT AS category, item FROM catalogue LIMIT 0",
    );
    return [];
  }
  await database.run(`
    CREATE TABLE category_values AS ${valuesOf(data.itemFeatures, feature)};
    CREATE TABLE category_names AS
    SELECT name, (row_number() OVER (ORDER BY items DESC, name) - 1 + ${FIRST_CATEGORY})::UTINYINT AS category
    FROM (SELECT value AS name, count(DISTINCT item) AS items FROM category_values
      WHERE value != '${OTHER}' GROUP BY value ORDER BY items DESC, value LIMIT ${MOST_CATEGORIES});
    CREATE TABLE item_categories AS
    SELECT DISTINCT category, item FROM category_values JOIN category_names ON name = value;
    INSERT INTO item_categories
    SELECT (SELECT count(*) + ${FIRST_CATEGORY} FROM category_names)::UTINYINT, item FROM catalogue
    WHERE item NOT IN (SELECT item FROM item_categories)
      OR item IN (SELECT item FROM category_values WHERE value = '${OTHER}')`);
  const rows = await database.rows(`
    SELECT coalesce(any_value(name), '${OTHER}'), count(*)::DOUBLE
    FROM item_categories LEFT JOIN category_names USING (category) GROUP BY category ORDER BY category`);
  return rows.map(([name, items]) => ({ name: String(name), items: Number(items) }));
}

/** The SQL query for a feature's values: `item, value`, none for an item without. */
function valuesOf(features: readonly FeatureColumn[], feature: FeatureColumn): string {
  const column = columnOf(features, feature);
  const values = feature.type === "set" ? `unnest(${column})` : column;
  return `SELECT item, value FROM (SELECT item, ${values} AS value FROM catalogue) WHERE value IS NOT NULL`;
}

function columnOf(features: readonly FeatureColumn[], feature: FeatureColumn): string {
  return identifier(`c${features.indexOf(feature)}`);
}
