/**
 * The raw file that a chosen file is to become: its own name where that is a raw file's (a browser's "(1)" apart);
 * `null` where somebody has to say it.
 */
export function rawNameOf(fileName: string, roles: readonly string[]): string | null {
  const plain = fileName.replace(/ ?\(\d+\)(?=\.)/, "").toLowerCase();
  const role = rolesFor(fileName, roles).find(
    (known) => plain === known || plain === `${known}.gz`,
  );
  return role === undefined ? null : rawNameAs(role, fileName);
}

/** The raw files that a file can become: what is packed can only be a CSV. */
export function rolesFor(fileName: string, roles: readonly string[]): readonly string[] {
  const isPacked = fileName.toLowerCase().endsWith(".gz");
  return roles.filter((role) => !isPacked || role.endsWith(".csv"));
}

/** The name under which a file takes the role: a CSV that is packed stays packed. */
export function rawNameAs(role: string, fileName: string): string {
  const isPacked = role.endsWith(".csv") && fileName.toLowerCase().endsWith(".gz");
  return isPacked ? `${role}.gz` : role;
}
