import { expect, test } from "vitest";

import { ask, type Edge, type Question, type Settings } from "./edge.ts";
import type { Shop } from "../../responder/shop.ts";

const shop: Shop = {
  users: { 10: {}, 20: {} },
  items: { 1: {}, 2: {} },
  forUsers: { 10: { all: [["1", 0.5]], novel: [] }, 20: { all: [["2", 0.25]], novel: [] } },
};
const usual = {
  type: "items2users",
  id_list: "10,20",
  k: "2",
  novel_only: "0",
  return_attributes: "0",
};
const both =
  '{"10":[{"item_id":1,"interaction_probability":0.5}],"20":[{"item_id":2,"interaction_probability":0.25}]}';

/** What is asked, and what is refused (A12, A13, A33). */
export function parameters(edge: Edge): void {
  /** What the API says about a request it refuses. */
  const refusal = async (question: Question, settings: Settings = {}, path = "item-to-user") => {
    const response = await ask(await edge.serve(shop, settings), path, question);
    const { error } = response.json() as {
      error: { code: string; parameter: string; message: string };
    };
    return [response.statusCode, error.code, error.parameter, error.message];
  };

  test("A12 an id list is read from commas, from JSON, from Python and from repeated parameters", async () => {
    const app = await edge.serve(shop);
    for (const id_list of [
      "10,20",
      " 10 , 20 ",
      "[10,20]",
      "[10, 20]",
      '["10","20"]',
      "['10', '20']",
      "10,20,10",
      ["10", "20"],
      ["[10]", "20,10"],
    ]) {
      const { statusCode, body } = await ask(app, "item-to-user", { ...usual, id_list });
      expect([statusCode, body], String(id_list)).toEqual([200, both]);
    }
  });

  test("A12 an empty or broken list is refused, naming id_list", async () => {
    for (const [id_list, message] of [
      ["", "id 1 is empty"],
      ["10,,20", "id 2 is empty"],
      ["[]", "id 1 is empty"],
      ["[10,20", 'the list has no closing "]"'],
      ["[10] 20", "unexpected ] at character 4"],
      ["['a' b]", "unexpected b at character 6"],
      ['["a\\q"]', "unknown escape \\q"],
      ['[""]', "id 1 is empty"],
    ] as const) {
      expect(await refusal({ ...usual, id_list })).toEqual([
        400,
        "invalid_parameter",
        "id_list",
        `id_list: ${message}`,
      ]);
    }
  });

  test("A12 more ids than the cap are refused, saying the cap; repeats do not count", async () => {
    const settings = { maxIds: 2 };
    const [status, , parameter, message] = await refusal({ ...usual, id_list: "1,2,3" }, settings);
    expect([status, parameter]).toEqual([400, "id_list"]);
    expect(message).toContain("at most 2 ids can be asked for at once, got 3");
    const app = await edge.serve(shop, settings);
    const { statusCode } = await ask(app, "item-to-user", { ...usual, id_list: "1,2,1,2" });
    expect(statusCode).toBe(200);
  });

  test("A13 type must be there and match its path", async () => {
    const app = await edge.serve(shop);
    const { statusCode, body } = await app.call(
      "/recommend/popular?id_list=1&k=1&novel_only=0&return_attributes=0",
    );
    expect([statusCode, body]).toEqual([
      400,
      '{"error":{"code":"invalid_parameter","parameter":"type","message":"type is required: \\"popular_items\\" on this path"}}',
    ]);
    const [status, code, parameter, message] = await refusal({ ...usual, type: "users2items" });
    expect([status, code, parameter]).toEqual([400, "invalid_parameter", "type"]);
    expect(message).toBe('type must be "items2users" on this path, got "users2items"');
  });

  test("A13 k is an integer from 1 to the stored length, the flags are 0 or 1, and errors say what was got", async () => {
    for (const k of ["0", "-1", "1.5", "1e1", "", "ten", " 1", "99999999999"]) {
      const message = `k must be an integer of at least 1, got "${k}"`;
      expect(await refusal({ ...usual, k })).toEqual([400, "invalid_parameter", "k", message]);
    }
    expect((await refusal({ ...usual, k: ["1", "2"] }))[3]).toContain('got ["1","2"]');
    expect(await refusal({ ...usual, k: "11" })).toEqual([
      400,
      "invalid_parameter",
      "k",
      "k must be at most 10, the length of the stored lists, got 11",
    ]);
    for (const name of ["novel_only", "return_attributes"]) {
      for (const value of ["2", "true", "", "01"]) {
        const message = `${name} must be 0 or 1, got "${value}"`;
        expect(await refusal({ ...usual, [name]: value })).toEqual([
          400,
          "invalid_parameter",
          name,
          message,
        ]);
      }
    }
  });

  test("A13 every parameter is required, unless the configuration is lenient", async () => {
    const strict = await edge.serve(shop);
    for (const name of ["id_list", "k", "novel_only", "return_attributes"]) {
      const query = new URLSearchParams(usual);
      query.delete(name);
      const response = await strict.call(`/recommend/item-to-user?${query.toString()}`);
      expect(response.statusCode).toBe(400);
      expect(response.json()).toMatchObject({ error: { parameter: name } });
    }
    const lenient = await edge.serve(shop, { lenient: true });
    const { body } = await lenient.call("/recommend/item-to-user?type=items2users&id_list=10,20");
    expect(body).toBe(both);
  });

  test("A13 a parameter that does not exist is refused by name, so that no typo is ignored", async () => {
    expect((await refusal({ ...usual, novelonly: "1" }))[2]).toBe("novelonly");
    expect((await refusal({ ...usual, rank_by: "lift" }))[2]).toBe("rank_by");
  });

  test.skipIf(edge.isGetOnly)(
    "A33 a POST with the same names in a JSON body gives the same answer, numbers or texts",
    async () => {
      const app = await edge.serve(shop);
      const post = (payload: object) =>
        app.call({ method: "POST", url: "/recommend/item-to-user", payload });
      expect((await post(usual)).body).toBe(both);
      const numbers = { ...usual, id_list: [10, "20"], k: 2, novel_only: 0, return_attributes: 0 };
      expect((await post(numbers)).body).toBe(both);
      const literal = await post({ ...numbers, id_list: ["10,20"] });
      expect(Object.keys(literal.json() as object)).toEqual(["10,20"]);
      for (const [payload, parameter] of [
        [{ ...numbers, id_list: [] }, "id_list"],
        [{ ...numbers, id_list: [""] }, "id_list"],
        [{ ...numbers, id_list: [1.5] }, "id_list"],
        [{ ...numbers, k: 0 }, "k"],
        [{ ...numbers, novel_only: true }, "novel_only"],
        [[], "body"],
      ] as const) {
        const response = await post(payload);
        expect(response.statusCode).toBe(400);
        expect(response.json()).toMatchObject({ error: { code: "invalid_parameter", parameter } });
      }
    },
  );

  test.skipIf(edge.isGetOnly)("A33 a body that is no JSON is refused as JSON", async () => {
    const app = await edge.serve(shop);
    const post = (payload: string, type: string) =>
      app.call({
        method: "POST",
        url: "/recommend/popular",
        payload,
        headers: { "content-type": type },
      });
    for (const [response, status] of [
      [await post("{", "application/json"), 400],
      [await post("a=1", "application/x-www-form-urlencoded"), 415],
      [await post(JSON.stringify("x".repeat(70_000)), "application/json"), 413],
    ] as const) {
      expect(response.statusCode).toBe(status);
      expect(response.json()).toMatchObject({ error: { code: "invalid_request" } });
    }
  });
}
