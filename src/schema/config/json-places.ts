/** Where a value's key (for elements of lists and the whole: the value) stands; both count from 1. */
export interface JsonPlace {
  /** Names joined by dots, as in `training.seed` and `evaluation.ks.0`; "" is the whole. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the line and column of everything in a JSON text that `JSON.parse` accepts.
 *
 * @returns all places, and those of keys that repeat one of the same object
 */
export function jsonPlaces(text: string): {
  readonly places: readonly JsonPlace[];
  readonly repeated: readonly JsonPlace[];
} {
  const places: JsonPlace[] = [];
  const repeated: JsonPlace[] = [];
  // In valid JSON every token is a string, a bracket, a comma, a colon, or a run of other characters.
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g)];
  let next = 0;

  const readValue = (path: readonly string[]): void => {
    const opening = tokens[next++]![0];
    if (opening === "{") readMembers(path);
    else if (opening === "[") readElements(path);
  };

  const readMembers = (path: readonly string[]): void => {
    const names = new Set<string>();
    while (tokens[next]![0] !== "}") {
      if (tokens[next]![0] === ",") next++;
      const key = tokens[next++]!;
      const name = JSON.parse(key[0]) as string;
      const place = placeAt(text, key.index, [...path, name]);
      if (names.has(name)) repeated.push(place);
      names.add(name);
      places.push(place);
      next++; // the colon
      readValue([...path, name]);
    }
    next++;
  };

  const readElements = (path: readonly string[]): void => {
    for (let index = 0; tokens[next]![0] !== "]"; index++) {
      if (tokens[next]![0] === ",") next++;
      const element = [...path, index.toString()];
      places.push(placeAt(text, tokens[next]!.index, element));
      readValue(element);
    }
    next++;
  };

  places.push(placeAt(text, tokens[0]!.index, []));
  readValue([]);
  return { places, repeated };
}

function placeAt(text: string, offset: number, path: readonly string[]): JsonPlace {
  const before = text.slice(0, offset).split("\n");
  return { path: path.join("."), line: before.length, column: before.at(-1)!.length + 1 };
}
