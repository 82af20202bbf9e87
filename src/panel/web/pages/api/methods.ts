/** One of the three methods of the REST API (Step 17 of the documentation). */
export interface Method {
  readonly path: string;
  /** The parameter `type`, which repeats the path. */
  readonly type: "items2users" | "users2items" | "popular_items";
  readonly what: string;
  readonly idsLabel: string;
  readonly novelWords: string;
  /** What is asked first: the documentation's example. */
  readonly example: Call;
  /** A row of the answer, as TypeScript. */
  readonly rowType: string;
}

/** The parameters of a call as they were typed. */
export interface Call {
  readonly ids: string;
  readonly k: string;
  readonly isNovelOnly: boolean;
  readonly withAttributes: boolean;
}

/** In the documentation's order. */
export const METHODS: readonly Method[] = [
  {
    path: "/recommend/item-to-user",
    type: "items2users",
    what: "The items that each user is most likely to interact with.",
    idsLabel: "User IDs",
    novelWords: "Only items that the user has never interacted with",
    example: { ids: "10,20", k: "10", isNovelOnly: true, withAttributes: true },
    rowType: "{ item_id: number | string; interaction_probability: number }",
  },
  {
    path: "/recommend/user-to-item",
    type: "users2items",
    what: "The users who are most likely to interact with each item.",
    idsLabel: "Item IDs",
    novelWords: "Only users who have never interacted with the item",
    example: { ids: "10,11", k: "10", isNovelOnly: true, withAttributes: false },
    rowType: "{ user_id: number | string; interaction_probability: number }",
  },
  {
    path: "/recommend/popular",
    type: "popular_items",
    what: "The items with the most interactions: for newcomers, of whom nothing is known yet.",
    idsLabel: "User IDs",
    novelWords: "Only items that the user has never interacted with",
    example: { ids: "10,20", k: "3", isNovelOnly: true, withAttributes: true },
    rowType: "{ item_id: number | string; count: number }",
  },
];

/** Name and value of each parameter, in the documentation's order. */
export function parametersOf(method: Method, call: Call): readonly (readonly [string, string])[] {
  return [
    ["type", method.type],
    ["id_list", call.ids.trim()],
    ["k", call.k.trim()],
    ["novel_only", call.isNovelOnly ? "1" : "0"],
    ["return_attributes", call.withAttributes ? "1" : "0"],
  ];
}

/** Path and query of a call: readable where it can be, and safe between quotes of any shell. */
export function callPath(method: Method, call: Call): string {
  const query = parametersOf(method, call).map(([name, value]) => `${name}=${encoded(value)}`);
  return `${method.path}?${query.join("&")}`;
}

function encoded(value: string): string {
  return encodeURIComponent(value)
    .replaceAll("%2C", ",")
    .replace(/['!*()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
