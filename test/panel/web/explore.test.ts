import { describe, expect, it } from "vitest";

import {
  attributeName,
  attributeWords,
  counted,
  likenessWords,
  ordinal,
  probabilityWords,
  titleOf,
  valueWords,
} from "../../../src/panel/web/pages/explore/entity-words.ts";

describe("users and items in words", () => {
  it("an item goes by its title, else by what is named like one, else by its id", () => {
    expect(titleOf("7", { brand_name: "Plainwell", title: "Tent" })).toBe("Tent");
    expect(titleOf("7", { year: 2024, product_title: "Tent" })).toBe("Tent");
    expect(titleOf("7", { title: 5 })).toBe("7");
    expect(titleOf("7", {})).toBe("7");
  });

  it("attributes are shown whole, and none where there is nothing", () => {
    expect([["a", "b"], [], "", null, 0, true, { x: 1 }].map(attributeWords)).toEqual([
      "a, b",
      null,
      null,
      null,
      "0",
      "yes",
      '{"x":1}',
    ]);
    expect(attributeName("release_year")).toBe("Release year");
  });

  it("small probabilities keep two digits that count", () => {
    expect([0.123, 0.01, 0.0123, 0.00456, 0.00001, 0].map(probabilityWords)).toEqual([
      "12.3 %",
      "1.0 %",
      "1.2 %",
      "0.46 %",
      "under 0.01 %",
      "0.0 %",
    ]);
  });

  it("spans of numbers read like numbers, and what is none stays as it is", () => {
    expect(["[2017, 2018)", "[10, 25.5)", ">= 30", "[red]", "yoga mat"].map(valueWords)).toEqual([
      "2017",
      "10 to under 25.5",
      "at least 30",
      "[red]",
      "yoga mat",
    ]);
  });

  it("ranks have their endings", () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 112, 1_003].map(ordinal)).toEqual([
      "1st",
      "2nd",
      "3rd",
      "4th",
      "11th",
      "12th",
      "13th",
      "21st",
      "112th",
      "1,003rd",
    ]);
  });

  it("one is not several", () => {
    expect([counted(1, "item"), counted(2, "item"), counted(1_200, "user")]).toEqual([
      "1 item",
      "2 items",
      "1,200 users",
    ]);
  });

  it("the nearer two items are, the stronger the word", () => {
    expect([0.9, 0.7, 0.5, 0.1].map(likenessWords)).toEqual([
      "almost the same as",
      "very similar to",
      "similar to",
      "somewhat similar to",
    ]);
  });
});
