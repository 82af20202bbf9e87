import type { RowProblem } from "../../schema/index.ts";
import type { RawRecord } from "../read/record-splitter.ts";

/** Checks that a record could be read and has as many cells as its file has columns. */
export function recordFlaw(file: string, record: RawRecord, width: number): RowProblem | undefined {
  const whole = { file, line: record.line, column: "", value: record.text };
  switch (record.flaw) {
    case "quotes":
      return {
        ...whole,
        rule: "quotes",
        whatToDo: "close the quoted value, and write a quote inside it twice",
      };
    case "encoding":
      return {
        ...whole,
        rule: "encoding",
        whatToDo: "save the file as UTF-8 text without zero bytes",
      };
    case undefined:
  }
  if (record.fields.length === width) return undefined;
  return {
    ...whole,
    rule: "column_count",
    whatToDo: `give the row ${width} cells, it has ${record.fields.length}; quote a value that holds a comma`,
  };
}
