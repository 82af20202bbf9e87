import { describe, expect, it } from "vitest";

import { indentJson } from "../../../src/panel/web/pages/api/indent-json.ts";
import { areKeysRequired } from "../../../src/panel/web/pages/api/key-rule.ts";
import { callPath, METHODS } from "../../../src/panel/web/pages/api/methods.ts";
import { curlOf, typeScriptOf } from "../../../src/panel/web/pages/api/snippets.ts";

const [itemToUser, userToItem, popular] = METHODS;
const URL_OF = "http://127.0.0.1:8080";

describe("a call", () => {
  it("Q100 is the documentation's example at first", () => {
    expect(callPath(itemToUser!, itemToUser!.example)).toBe(
      "/recommend/item-to-user?type=items2users&id_list=10,20&k=10&novel_only=1&return_attributes=1",
    );
    expect(callPath(userToItem!, userToItem!.example)).toBe(
      "/recommend/user-to-item?type=users2items&id_list=10,11&k=10&novel_only=1&return_attributes=0",
    );
    expect(callPath(popular!, popular!.example)).toBe(
      "/recommend/popular?type=popular_items&id_list=10,20&k=3&novel_only=1&return_attributes=1",
    );
  });

  it("comes out of the address as it was typed, and cannot end the quotes of a shell", () => {
    const ids = `["it's", "a&b", "c d!"]`;
    const path = callPath(popular!, { ...popular!.example, ids });
    expect(new URL(path, URL_OF).searchParams.get("id_list")).toBe(ids);
    expect(path).not.toMatch(/['" !*()]/);
  });

  it("names the key by a variable, and only where one is needed", () => {
    const call = popular!.example;
    expect(curlOf(URL_OF, popular!, call, false)).toBe(
      `curl '${URL_OF}${callPath(popular!, call)}'`,
    );
    expect(curlOf(URL_OF, popular!, call, true)).toContain('-H "X-API-Key: $RECSYS_API_KEY"');
    expect(typeScriptOf(URL_OF, popular!, call, false)).not.toContain("X-API-Key");
    expect(typeScriptOf(URL_OF, popular!, call, true)).toContain("X-API-Key");
  });
});

describe("indented JSON", () => {
  it("is what JSON.stringify makes of it", () => {
    const value = { "10": [{ item_id: 1, name: 'A "b": {c}, [d]', none: [], of: {} }, null, true] };
    expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  it("keeps numbers digit for digit", () => {
    expect(indentJson('{"id":12345678901234567890,"p":0.10}')).toBe(
      '{\n  "id": 12345678901234567890,\n  "p": 0.10\n}',
    );
  });

  it("leaves what is no JSON as it is", () => {
    expect(indentJson("Bad Gateway: try again")).toBe("Bad Gateway: try again");
    expect(indentJson("")).toBe("");
  });
});

it("keys are required where the API's own document says that they may be wrong", () => {
  const document = (statuses: Record<string, unknown>) => ({
    paths: {
      "/health": { get: { responses: { "401": {} } } },
      "/recommend/popular": { get: { responses: statuses } },
    },
  });
  expect(areKeysRequired(document({ "200": {}, "401": {} }))).toBe(true);
  expect(areKeysRequired(document({ "200": {} }))).toBe(false);
});
