import { describe, expect, it } from "vitest";

import {
  areSameColumns,
  problemOfColumn,
  problemsOfWhole,
  withColumn,
} from "../../../src/panel/web/pages/data/description-edit.ts";
import { rejectedOf } from "../../../src/panel/web/pages/data/finding-words.ts";
import { rawNameAs, rawNameOf, rolesFor } from "../../../src/panel/web/pages/data/upload-name.ts";
import {
  areUploading,
  nextUpload,
  paceOf,
  type Upload,
  uploadsAfter,
} from "../../../src/panel/web/pages/data/uploads.ts";

const ROLES = ["user_item_interactions.csv", "item_features.csv", "item_features_description.json"];

const upload = (change: Partial<Upload>): Upload => ({
  id: 1,
  file: new File(["0123456789"], "item_features.csv"),
  name: "item_features.csv",
  state: "waiting",
  sentBytes: 0,
  startedAt: null,
  problem: null,
  ...change,
});

describe("the raw file that a chosen file becomes", () => {
  it("Q12 is told by its name, packed or not, however it is written", () => {
    expect(rawNameOf("item_features.csv", ROLES)).toBe("item_features.csv");
    expect(rawNameOf("Item_Features.CSV.GZ", ROLES)).toBe("item_features.csv.gz");
    expect(rawNameOf("item_features (2).csv", ROLES)).toBe("item_features.csv");
  });

  it("is asked for where the name is another", () => {
    expect(rawNameOf("ratings.csv", ROLES)).toBeNull();
    expect(rawNameOf("item_features_description.json.gz", ROLES)).toBeNull();
  });

  it("can only be a CSV where it is packed", () => {
    expect(rolesFor("export.gz", ROLES)).toEqual([
      "user_item_interactions.csv",
      "item_features.csv",
    ]);
    expect(rolesFor("export.csv", ROLES)).toEqual(ROLES);
  });

  it("stays packed under the name that it is given", () => {
    expect(rawNameAs("user_item_interactions.csv", "ratings.csv.gz")).toBe(
      "user_item_interactions.csv.gz",
    );
    expect(rawNameAs("item_features_description.json", "d.gz")).toBe(
      "item_features_description.json",
    );
  });
});

describe("uploads", () => {
  it("go one at a time, in their order", () => {
    const waiting = [upload({ id: 1 }), upload({ id: 2 })];
    expect(nextUpload(waiting)?.id).toBe(1);
    const sending = uploadsAfter(waiting, { type: "started", id: 1, at: 5 });
    expect(nextUpload(sending)).toBeUndefined();
    expect(nextUpload(uploadsAfter(sending, { type: "stored", id: 1 }))?.id).toBe(2);
  });

  it("wait for a name before they are sent", () => {
    const unnamed = [upload({ name: null, state: "unnamed" })];
    expect(nextUpload(unnamed)).toBeUndefined();
    const [named] = uploadsAfter(unnamed, { type: "named", id: 1, name: "item_features.csv" });
    expect(named).toMatchObject({ name: "item_features.csv", state: "waiting" });
  });

  it("stay cancelled when the request that was cut off fails", () => {
    const cancelled = uploadsAfter([upload({ state: "sending" })], { type: "cancelled", id: 1 });
    const [after] = uploadsAfter(cancelled, { type: "failed", id: 1, problem: "cancelled" });
    expect(after).toMatchObject({ state: "cancelled", problem: null });
  });

  it("can be sent again after a failure, from the beginning", () => {
    const failed = upload({ state: "failed", problem: "broke off", sentBytes: 4 });
    expect(uploadsAfter([failed], { type: "retried", id: 1 })).toMatchObject([
      { state: "waiting", problem: null, sentBytes: 0 },
    ]);
  });

  it("give way to a file that is chosen anew for the same name, unless they are being sent", () => {
    const old = [upload({ id: 1, state: "failed" }), upload({ id: 2, state: "sending" })];
    const after = uploadsAfter(old, { type: "added", uploads: [upload({ id: 3 })] });
    expect(after.map(({ id }) => id)).toEqual([2, 3]);
  });

  it("are under way while one waits or is sent", () => {
    expect(areUploading([upload({ state: "stored" }), upload({})])).toBe(true);
    expect(areUploading([upload({ state: "stored" }), upload({ state: "failed" })])).toBe(false);
  });

  it("tell the time left from the pace until now, once there is one", () => {
    const begun = upload({ state: "sending", startedAt: 1000, sentBytes: 4 });
    expect(paceOf(begun, 1100)).toEqual({ share: 0.4, secondsLeft: null });
    // 4 of 10 bytes in 2 s: the other 6 take 3 s.
    expect(paceOf(begun, 3000)).toEqual({ share: 0.4, secondsLeft: 3 });
  });
});

describe("a description", () => {
  const columns = [
    { name: "item_id", type: "ID" },
    { name: "year", type: "int" },
  ] as const;

  it("Q38 changes in one column", () => {
    const changed = withColumn(columns, 1, { type: "string" });
    expect(changed).toEqual([columns[0], { name: "year", type: "string" }]);
    expect(areSameColumns(columns, changed)).toBe(false);
    expect(areSameColumns(columns, withColumn(columns, 1, { type: "int" }))).toBe(true);
  });

  it("shows a problem at its column and the others above", () => {
    const fields = [
      { path: "columns.1", problem: "no such type" },
      { path: "columns.10.name", problem: "empty" },
      { path: "columns", problem: "two columns have one name" },
    ];
    expect(problemOfColumn(fields, 1)).toBe("no such type");
    expect(problemOfColumn(fields, 10)).toBe("empty");
    expect(problemOfColumn(fields, 0)).toBeUndefined();
    expect(problemsOfWhole(fields)).toEqual(["two columns have one name"]);
  });
});

it("a share of rejected rows is never shown as nothing", () => {
  expect(rejectedOf({ rejected: 0, records: 0 })).toBe("0");
  expect(rejectedOf({ rejected: 4, records: 100_000 })).toBe("4 (under 0.01 %)");
  expect(rejectedOf({ rejected: 1_500, records: 10_000 })).toBe("1,500 (15.00 %)");
});
