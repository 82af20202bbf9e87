import { stripVTControlCharacters } from "node:util";

import { afterEach, expect, test, vi } from "vitest";

import { liveView } from "../../src/cli/progress/live-view.ts";
import { plainView } from "../../src/cli/progress/plain-view.ts";
import { barLine, plainLine } from "../../src/cli/progress/progress-line.ts";
import { StepClock } from "../../src/recipe/index.ts";
import type { Progress } from "../../src/schema/index.ts";

afterEach(() => {
  vi.useRealTimers();
});

function trainAt(done: number): Progress {
  return { activity: "fit", done, total: 1000, unit: "rows", figures: { epoch: 3, loss: 4.8123 } };
}

test("rate and time left follow from the progress within one activity", () => {
  const clock = new StepClock("Train", 100);
  clock.update({ activity: "load", done: 7, total: 7 }, 150);
  clock.update(trainAt(0), 200);
  clock.update(trainAt(250), 210);
  // 250 rows in 10 s since the activity began: 25 a second; 750 are left: 30 s.
  expect(clock.read(210)).toMatchObject({ seconds: 110, share: 0.25, rate: 25, secondsLeft: 30 });
});

test("a second fit of the same name is timed from its own beginning", () => {
  const clock = new StepClock("Train", 0);
  clock.update(trainAt(0), 0);
  clock.update(trainAt(1000), 100);
  clock.update(trainAt(100), 200);
  clock.update(trainAt(300), 204);
  expect(clock.read(204)).toMatchObject({ rate: 50, secondsLeft: 14 });
});

test("a line shows the bar, the share, the figures, the rate and the time left", () => {
  const clock = new StepClock("Train", 0);
  clock.update(trainAt(0), 0);
  clock.update(trainAt(500), 20);
  expect(barLine(clock.read(20), 8)).toBe(
    "Train     ━━━━━━━━━━━━────────────   50%  fit  epoch 3  loss 4.812  25 rows/s  20 s left",
  );
  expect(plainLine(clock.read(20))).toBe(
    "Train: fit, 50%, epoch 3, loss 4.812, 25 rows/s, 20 s left",
  );
});

test("a step that is not done never shows 100 %", () => {
  const clock = new StepClock("Train", 0);
  clock.update(trainAt(999.9), 1);
  expect(plainLine(clock.read(1))).toContain("99%");
});

test("without a terminal there is at most a line every 5 seconds, and no control character", () => {
  let seconds = 0;
  let text = "";
  const view = plainView({ write: (piece) => (text += piece) }, () => seconds);
  view.started("Train");
  for (let done = 0; done < 1000; done++) {
    seconds += 0.01;
    view.progressed("Train", trainAt(done));
  }
  view.ended("Train", "done");
  const lines = text.split("\n").slice(0, -1);
  expect(lines).toHaveLength(3); // started, one at 5 s, done at 10 s
  expect(lines[0]).toBe("Train: started");
  expect(lines[2]).toBe("Train: done after 10 s");
  expect(stripVTControlCharacters(text)).toBe(text);
});

test("on a terminal no line is wider than the terminal, and notes stay above the bars", () => {
  vi.useFakeTimers();
  let text = "";
  const view = liveView({ isTTY: true, columns: 40, write: (piece) => (text += piece) }, () => 0);
  view.started("Train");
  view.progressed("Train", trainAt(500));
  vi.advanceTimersByTime(200);
  view.note("a note");
  view.ended("Train", "done");
  view.close();
  for (const line of stripVTControlCharacters(text).split("\n")) {
    expect(line.length).toBeLessThan(40);
  }
  expect(shownOn(text)).toEqual(["a note", "✔ Train           done  0.0 s"]);
});

/** What a terminal shows after `text`: it understands "up N lines" and "erase to the end". */
function shownOn(text: string): string[] {
  const lines: string[] = [];
  for (const piece of text.split(/(?=\n)|(?<=\n)/)) {
    const up = /\[(\d+)A/.exec(piece);
    if (up !== null) lines.length -= Number(up[1]);
    const written = stripVTControlCharacters(piece).trimEnd();
    if (written !== "") lines.push(written);
  }
  return lines;
}
