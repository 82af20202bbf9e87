import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect, onTestFinished, test } from "vitest";

import { boot } from "./instance.ts";

/** An instance that has booted; `keep` is what systemd runs every minute, and when the panel stops. */
function instance(bucket: string, root?: string) {
  const booted = boot({}, {}, root, bucket);
  expect(booted.status, booted.stderr).toBe(0);
  const keep = () =>
    spawnSync("bash", [join(booted.root, "etc/recsys/keep-state")], {
      encoding: "utf8",
      env: { PATH: `${join(booted.root, "bin")}:${process.env["PATH"]}` },
    });
  return { ...booted, keep, state: join(booted.root, "var/lib/recsys/panel.sqlite") };
}

/** As the panel does, which has its database open, a change still in the file beside it. */
function invite(state: string, name: string): DatabaseSync {
  const database = new DatabaseSync(state);
  onTestFinished(() => {
    database.close();
  });
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS people (name TEXT)");
  database.prepare("INSERT INTO people VALUES (?)").run(name);
  return database;
}

function people(file: string): readonly unknown[] {
  using database = new DatabaseSync(file, { readOnly: true });
  return database
    .prepare("SELECT name FROM people")
    .all()
    .map(({ name }) => name);
}

const newBucket = () => mkdtempSync(join(tmpdir(), "bucket-"));

test("people are copied into the bucket when they have changed, and only then", () => {
  const bucket = newBucket();
  const { state, keep, root, read } = instance(bucket);
  const puts = () => read("calls").split("put-object").length - 1;
  const panel = invite(state, "ada");
  expect(keep().status).toBe(0);
  expect(people(join(bucket, "panel.sqlite"))).toEqual(["ada"]);
  const before = puts();
  expect(keep().status).toBe(0);
  expect(puts()).toBe(before);
  panel.exec("INSERT INTO people VALUES ('grace')");
  expect(keep().status).toBe(0);
  expect(people(join(bucket, "panel.sqlite"))).toEqual(["ada", "grace"]);
  expect(read("etc/systemd/system/recsys-panel.service")).toContain(
    `ExecStopPost=-${root}/etc/recsys/keep-state\n`,
  );
});

test("an instance that replaces another has its people, and the one that it replaces no longer writes over them", () => {
  const bucket = newBucket();
  const old = instance(bucket);
  invite(old.state, "ada");
  expect(old.keep().status).toBe(0);
  const fresh = instance(bucket);
  expect(people(fresh.state)).toEqual(["ada"]);
  invite(fresh.state, "grace");
  expect(fresh.keep().status).toBe(0);

  invite(old.state, "late");
  const stopping = old.keep();
  expect(stopping.status).not.toBe(0);
  expect(stopping.stderr).toContain("412");
  expect(people(join(bucket, "panel.sqlite"))).toEqual(["ada", "grace"]);
});

test("an instance that boots again keeps its own people, and takes the copy back", () => {
  const bucket = newBucket();
  const first = instance(bucket);
  invite(first.state, "ada");
  instance(bucket); // came up, and was then taken away again by a roll-back
  expect(first.keep().status).not.toBe(0);
  const again = instance(bucket, first.root);
  expect(people(again.state)).toEqual(["ada"]);
  expect(people(join(bucket, "panel.sqlite"))).toEqual(["ada"]);
});

test("nothing is copied before the panel has answered", () => {
  const bucket = newBucket();
  const { status, root } = boot({}, { curl: "exit 22" }, undefined, bucket);
  expect(status).not.toBe(0);
  expect(spawnSync("bash", [join(root, "etc/recsys/keep-state")]).status).toBe(0);
  expect(existsSync(join(bucket, "panel.sqlite"))).toBe(false);
});
