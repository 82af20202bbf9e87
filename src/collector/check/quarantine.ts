import { closeSync, openSync, writeSync } from "node:fs";

import type { RowProblem, Rule } from "../../schema/index.ts";

const HEADER = "file,line,column,rule,value,what_to_do\n";
const FIRST_PROBLEMS = 20;
const MAX_VALUE_LENGTH = 200;
const FLUSH_LENGTH = 1 << 16;

/** Collects the rows that are set aside into a local `quarantine.csv`, a line for each row, in the order found. */
export class Quarantine {
  readonly path: string;
  readonly first: RowProblem[] = [];
  readonly byRule = new Map<Rule, number>();
  readonly #byFile = new Map<string, number>();
  readonly #file: number;
  #text = HEADER;
  #isClosed = false;

  constructor(path: string) {
    this.path = path;
    this.#file = openSync(path, "w");
  }

  add(problem: RowProblem): void {
    const cut = { ...problem, value: cutValue(problem.value) };
    if (this.first.length < FIRST_PROBLEMS) this.first.push(cut);
    this.byRule.set(cut.rule, (this.byRule.get(cut.rule) ?? 0) + 1);
    this.#byFile.set(cut.file, this.rejected(cut.file) + 1);
    const cells = [cut.file, cut.line.toString(), cut.column, cut.rule, cut.value, cut.whatToDo];
    this.#text += `${cells.map(quoteCell).join(",")}\n`;
    if (this.#text.length > FLUSH_LENGTH) this.#flush();
  }

  /** Rows of a file set aside so far. */
  rejected(file: string): number {
    return this.#byFile.get(file) ?? 0;
  }

  get total(): number {
    return [...this.#byFile.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Ends the file; a second call does nothing. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#text);
    this.#text = "";
  }
}

function cutValue(value: string): string {
  return value.length > MAX_VALUE_LENGTH ? `${value.slice(0, MAX_VALUE_LENGTH)}…` : value;
}

function quoteCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
