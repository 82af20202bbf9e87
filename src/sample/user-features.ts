import { type Random, random } from "../kernels/index.ts";
import { CATEGORIES, type Style, STYLES } from "./assortment.ts";
import { keyOf, type Shop } from "./shop.ts";
import { type Column, pythonList } from "./table.ts";
import { FAVOURITES } from "./users.ts";

/** The columns of `user_features.csv`. */
export const USER_COLUMNS: readonly Column[] = [
  { name: "user_id", type: "ID" },
  { name: "age", type: "int" },
  { name: "budget", type: "double" },
  { name: "membership", type: "string" },
  { name: "interests", type: "set" },
];

/**
 * The users' features, a row a user: age and budget hint at the preferred style, membership at how
 * often the user comes, interests at the favourite categories' departments.
 */
export function* userRows({ options, users }: Shop): Generator<readonly string[]> {
  const stream = random(keyOf(options.seed, "user features"));
  for (let u = 0; u < users.count; u++) {
    const style = preferredStyle(users.styleWeight, u);
    const age = style.age + Math.round(16 * (stream.uniform() + stream.uniform() - 1));
    const budget = 60 * style.priceFactor * (0.5 + stream.uniform());
    const activity = users.activitySum[u + 1]! - users.activitySum[u]!;
    yield [
      (u + 1).toString(),
      Math.max(16, age).toString(),
      budget.toFixed(2),
      drawMembership(stream, activity),
      pythonList(drawInterests(stream, users.favourite, u)),
    ];
  }
}

function preferredStyle(styleWeight: Float32Array, u: number): Style {
  const weights = styleWeight.subarray(u * STYLES.length, (u + 1) * STYLES.length);
  return STYLES[weights.indexOf(Math.max(...weights))]!;
}

function drawMembership(stream: Random, activity: number): string {
  const score = activity * (0.5 + stream.uniform());
  if (score > 2.5) return "gold";
  return score > 1 ? "silver" : "basic";
}

function drawInterests(stream: Random, favourite: Uint8Array, u: number): string[] {
  const interests = new Set<string>();
  for (let f = 0; f < FAVOURITES; f++) {
    const told = stream.uniform() < 0.8 - 0.15 * f;
    if (told) interests.add(CATEGORIES[favourite[u * FAVOURITES + f]!]!.department);
  }
  return [...interests];
}
