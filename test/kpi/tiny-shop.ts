import type { PlainShop } from "./plain-shop.ts";

/** A shop given by its rows: user, item, day of January 2024, source. */
export function tiny(rows: readonly (readonly [number, number, number, string?])[]): PlainShop {
  const items = [1, 2, 3].map((id) => ({
    id,
    title: `T${id}`,
    genres: id === 3 ? [] : ["g", "h"],
  }));
  return {
    items,
    rows: rows.map(([user, item, day, source]) => ({
      user,
      item,
      rating: 1,
      time: Date.UTC(2024, 0, day, 12) / 1000,
      ...(source === undefined ? {} : { source }),
    })),
  };
}
