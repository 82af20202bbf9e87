import { jsonPlaces } from "./json-places.ts";
import { type ConfigLayer, nearest } from "./layer.ts";

/** The settings of a configuration file. `file` is its name in messages. */
export function jsonLayer(file: string, text: string): ConfigLayer {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const place = /\(line (\d+) column (\d+)\)/.exec(message);
    const origin = place === null ? file : `${file}:${place[1]!}:${place[2]!}`;
    const problem = `not valid JSON: ${message.replace(/ in JSON at position.*$/s, "")}`;
    return { input: {}, originOf: () => file, problems: [{ origin, path: "", problem }] };
  }
  const { places, repeated } = jsonPlaces(text);
  const origins = new Map(
    places.map(({ path, line, column }) => [path, `${file}:${line}:${column}`]),
  );
  const problems = repeated.map(({ path, line, column }) => ({
    origin: `${file}:${line}:${column}`,
    path,
    problem: `${path} is set twice; keep one`,
  }));
  return { input, originOf: (path) => nearest(origins, path), problems };
}
