import type { AuditEntry } from "../../../../schema/index.ts";

/** The entries in which every word of the text is found, in whatever column. */
export function matchingEntries(
  entries: readonly AuditEntry[],
  text: string,
): readonly AuditEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ person, action, subject, detail }) => {
    const all = `${person} ${action} ${subject} ${detail}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
