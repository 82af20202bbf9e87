import fc from "fast-check";
import { expect, test } from "vitest";

import { TextBuffer, WORD_SLACK } from "../../../src/storage/index.ts";

const written = (write: (buffer: TextBuffer) => void): string => {
  const buffer = new TextBuffer(1); // so small that it must grow
  write(buffer);
  return buffer.toString();
};

test("a probability is written so that the same 32-bit float is read back, as JSON has it", () => {
  const floatBits = fc.nat(0x3f80_0000).map((bits) => {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, bits);
    return view.getFloat32(0);
  });
  const uniform = fc.double({ min: 0, max: 1, noNaN: true }).map(Math.fround);
  fc.assert(
    fc.property(fc.oneof(floatBits, uniform), (value) => {
      const text = written((buffer) => {
        buffer.appendProbability(value);
      });
      expect(Math.fround(JSON.parse(text) as number)).toBe(value);
      expect(text.length).toBeLessThanOrEqual(16);
    }),
    { numRuns: 5000 },
  );
});

test("probabilities end where their digits do", () => {
  const texts = [0, 0.5, 1, 0.125, Math.fround(0.7597739696502686)].map((value) =>
    written((buffer) => {
      buffer.appendProbability(value);
    }),
  );
  expect(texts).toEqual(["0", "0.5", "1", "0.125", "0.75977397"]);
});

test("at the edges of each number of decimals neighbours stay apart", () => {
  for (const edge of [2 ** -3, 2 ** -6, 2 ** -10, 2 ** -13, 1]) {
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, edge);
    const bits = view.getUint32(0);
    const texts = [-3, -2, -1, 0, ...(edge < 1 ? [1, 2, 3] : [])].map((step) => {
      view.setUint32(0, bits + step);
      const value = view.getFloat32(0);
      const text = written((buffer) => {
        buffer.appendProbability(value);
      });
      expect(Math.fround(Number(text))).toBe(value);
      return text;
    });
    expect(new Set(texts).size).toBe(texts.length);
  }
});

test("integers, text and bytes come out as they went in", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(0xffff_ffff), fc.string({ unit: "grapheme" }))),
      (parts) => {
        const text = written((buffer) => {
          for (const part of parts) {
            if (typeof part === "number") buffer.appendInteger(part);
            else if (part.length % 3 === 0) buffer.appendString(part);
            else if (part.length % 3 === 1) appendWords(buffer, part);
            else buffer.append(Buffer.from(`<${part}>`), 1, 1 + Buffer.byteLength(part));
          }
        });
        expect(text).toBe(parts.join(""));
      },
    ),
  );
  const longest = written((buffer) => {
    buffer.appendInteger(0xffff_ffff);
    buffer.append(Buffer.from("long ".repeat(20)));
  });
  expect(longest).toBe(`4294967295${"long ".repeat(20)}`);
});

/** From the middle of other bytes, all but the slack. */
function appendWords(buffer: TextBuffer, part: string): void {
  const bytes = Buffer.from(`<${part}${">".repeat(WORD_SLACK)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  buffer.appendWords(view, 1, 1 + Buffer.byteLength(part));
}

test("a cleared buffer begins anew", () => {
  const buffer = new TextBuffer(4);
  buffer.appendString("before");
  buffer.clear();
  expect(buffer.length).toBe(0);
  buffer.appendString("after");
  expect(Buffer.from(buffer.bytes()).toString()).toBe("after");
});
