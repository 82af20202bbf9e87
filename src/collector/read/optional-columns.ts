import type { DataWarning, Decision } from "../../schema/index.ts";

/** A column is one of timestamps if at least this share of its cells are integers (A2). */
const INTEGER_SHARE = 0.99;

export interface OptionalColumns {
  readonly columns: readonly ("source" | "timestamp")[];
  readonly decisions: readonly Decision[];
  readonly warnings: readonly DataWarning[];
}

/**
 * Tells `source` and `timestamp` apart in a file without a header (A2), by
 * the cells that follow the four required ones: none to two a row.
 */
export function orderByContent(
  file: string,
  rows: readonly (readonly string[])[],
): OptionalColumns {
  const count = rows[0]?.length ?? 0;
  if (count === 0) return { columns: [], decisions: [], warnings: [] };
  const isInteger = Array.from({ length: count }, (_, column) => {
    const integers = rows.filter((cells) => /^\s*[+-]?\d+\s*$/.test(cells[column]!)).length;
    return integers >= INTEGER_SHARE * rows.length;
  });
  const [fifth, sixth] = isInteger;
  if (sixth === undefined) {
    const column = fifth === true ? "timestamp" : "source";
    const reason = fifth === true ? "it holds integers" : "it does not hold integers";
    return { columns: [column], decisions: [say(file, [column], reason)], warnings: [] };
  }
  if (fifth === true && !sixth) {
    const columns = ["timestamp", "source"] as const;
    return {
      columns,
      decisions: [say(file, columns, "only the fifth holds integers")],
      warnings: [],
    };
  }
  const columns = ["source", "timestamp"] as const;
  if (sixth && fifth !== true) {
    return {
      columns,
      decisions: [say(file, columns, "only the sixth holds integers")],
      warnings: [],
    };
  }
  const reason = sixth ? "both hold integers" : "neither holds integers";
  return {
    columns,
    decisions: [say(file, columns, `${reason}, so the documented order is taken`)],
    warnings: [
      {
        code: "column-order-unclear",
        words: `which of the last two columns of ${file} is the timestamp is unclear: ${reason}`,
        figure: sixth ? 2 : 0,
        threshold: 1,
        whatToDo: "add a header row that names the columns",
      },
    ],
  };
}

function say(file: string, columns: readonly string[], reason: string): Decision {
  return { subject: file, decision: `after rating stand ${columns.join(", ")}`, reason };
}
