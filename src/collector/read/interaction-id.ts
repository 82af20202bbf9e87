/**
 * The columns that an interaction id is stored in until it is written: a UUID, which moves through a
 * sort as fast as a number, for an id that is written just as DuckDB writes that UUID; any other as text.
 * One of them is null.
 */
export const INTERACTION_ID_COLUMNS = ["interaction_uuid", "interaction_text"] as const;

/** The SQL expression for the UUID that the expression `id` may stand for; null where it cannot. */
export function possibleUuidSql(id: string): string {
  // The length spares other ids a failing cast, which is slow.
  return `CASE WHEN strlen(${id}) = 36 THEN TRY_CAST(${id} AS UUID) END`;
}

/** The SQL expression for an id's text from those of {@link INTERACTION_ID_COLUMNS} that a table has. */
export function interactionIdSql(
  columns: readonly (typeof INTERACTION_ID_COLUMNS)[number][] = INTERACTION_ID_COLUMNS,
): string {
  return `coalesce(${columns.map((column) => `${column}::VARCHAR`).join(", ")})`;
}
