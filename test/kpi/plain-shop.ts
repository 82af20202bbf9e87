/** A shop as a test knows it: what its raw files say, in plain values. */
export interface PlainShop {
  /** In the order of the file. */
  readonly rows: readonly PlainRow[];
  readonly items: readonly PlainItem[];
  readonly impressions?: readonly PlainImpression[];
}

export interface PlainRow {
  readonly user: number;
  readonly item: number;
  readonly rating: number;
  readonly source?: string;
  /** Unix seconds; a fraction can only come from a file of milliseconds. */
  readonly time?: number;
}

export interface PlainItem {
  readonly id: number;
  readonly title: string;
  readonly genres: readonly string[];
}

export interface PlainImpression {
  readonly user: number;
  readonly item: number;
  /** Nothing: it is not told. */
  readonly source: string;
  readonly time: number;
  readonly value?: number;
}

/** What a random shop is like. */
export interface ShopShape {
  readonly seed: number;
  readonly users: number;
  readonly rows: number;
  /** Days that it spans; a number in `gap` are without any row. */
  readonly days: number;
  /**
   * The first of them.
   *
   * @default 2024-02-20
   */
  readonly start?: string;
  readonly gap?: readonly [from: number, to: number];
  readonly sources?: readonly string[];
  readonly withoutTimestamps?: boolean;
  readonly explicit?: boolean;
  readonly impressions?: number;
  /**
   * What impressions bring in: some of them an amount, or also take some back, or nothing ever.
   *
   * @default "amounts"
   */
  readonly values?: "amounts" | "refunds" | "none";
  /** Days that impressions begin before the interactions, and end after them. */
  readonly overhang?: number;
  /** Seconds of a day at which things happen; every three hours by default. */
  readonly times?: readonly number[];
}

const EVERY_THREE_HOURS = [0, 3, 6, 9, 12, 15, 18, 21].map((hour) => hour * 3600);
const GENRES = ["comedy", "drama", "other", "war"];

/** Draws a shop; the same shape gives the same shop. */
export function randomShop(shape: ShopShape): PlainShop {
  const random = generator(shape.seed);
  const whole = (below: number): number => Math.floor(random() * below);
  const pick = <T>(values: readonly T[]): T => values[whole(values.length)]!;
  const start = Date.parse(shape.start ?? "2024-02-20") / 1000;
  const overhang = shape.overhang ?? 0;
  const items = Array.from({ length: 12 }, (_, at) => ({
    id: 3 * at + 1,
    title: `Item, "number" ${at}`,
    genres: GENRES.filter(() => random() < 0.35),
  }));
  // A few times a day only, so that some are equal.
  const times = shape.times ?? EVERY_THREE_HOURS;
  const time = (): number => {
    for (;;) {
      const day = whole(shape.days);
      const [from, to] = shape.gap ?? [-1, -1];
      if (day < from || day >= to) return start + day * 86_400 + pick(times);
    }
  };
  const value = (): number => {
    if (shape.values === "refunds") return (whole(6000) - 3000) / 100;
    return whole(5000) / 100;
  };
  const rows = Array.from({ length: shape.rows }, () => {
    const source = shape.sources?.[whole(shape.sources.length)];
    return {
      user: 1 + whole(shape.users),
      item: items[whole(random() < 0.5 ? 4 : 11)]!.id, // the last item is never touched
      rating: shape.explicit === true ? 1 + whole(9) / 2 : 1,
      ...(source === undefined || source === "" ? {} : { source }),
      ...(shape.withoutTimestamps === true ? {} : { time: time() }),
    };
  });
  if (shape.impressions === undefined) return { rows, items };
  const impressions = Array.from({ length: shape.impressions }, () => {
    const known = rows[whole(rows.length)]!;
    const isFollowed = random() < 0.5 && known.time !== undefined;
    return {
      user: isFollowed ? known.user : 1 + whole(shape.users + 1),
      item: isFollowed ? known.item : 1 + whole(40), // some are not in the catalogue
      source: pick(["recsys", "search", "", "shelf"]),
      time: isFollowed
        ? Math.max(0, known.time! - whole(4) * 43_200)
        : time() + (random() < 0.5 ? overhang : -overhang) * 86_400,
      ...(shape.values !== "none" && random() < 0.3 ? { value: value() } : {}),
    };
  });
  return { rows, items, impressions };
}

/** An item's brand, beside the genres the other feature that has categories. */
export function brandOf(id: number): string {
  return `${id % 2 === 0 ? "a" : "b"}${id % 4}`;
}

/** The shop's raw files; with times in milliseconds if its times are to be so exact. */
export function rawFiles(
  { rows, items, impressions }: PlainShop,
  unit: "s" | "ms" = "s",
): Record<string, string> {
  const written = (time: number): number => (unit === "ms" ? Math.round(time * 1000) : time);
  const withTimes = rows.some(({ time }) => time !== undefined);
  const lines = rows.map(
    ({ user, item, rating, source, time }, at) =>
      `i${at},${user},${item},${rating},${source ?? ""}${withTimes ? `,${time === undefined ? "" : written(time)}` : ""}`,
  );
  const sets = items.map(
    ({ id, title, genres }) =>
      `${id},"${title.replaceAll('"', '""')}","[${genres.map((genre) => `'${genre}'`).join(", ")}]",${brandOf(id)}`,
  );
  const description = {
    "0": { name: "item_id", type: "ID" },
    "1": { name: "Title", type: "string" },
    "2": { name: "genre", type: "set" },
    "3": { name: "brand", type: "string" },
  };
  const shown = impressions?.map(
    ({ user, item, time, source, value }, at) =>
      `s${at},${user},${item},${written(time)},${source},${value ?? ""}`,
  );
  return {
    "user_item_interactions.csv": `interaction_id,user_id,item_id,rating,source${withTimes ? ",timestamp" : ""}\n${lines.join("\n")}\n`,
    "item_features.csv": `item_id,Title,genre,brand\n${sets.join("\n")}\n`,
    "item_features_description.json": JSON.stringify(description),
    ...(shown === undefined
      ? {}
      : {
          "impressions.csv": `impression_id,user_id,item_id,timestamp,source,value\n${shown.join("\n")}\n`,
        }),
  };
}

/** xorshift32. */
export function generator(seed: number): () => number {
  let state = seed * 2_654_435_761 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
