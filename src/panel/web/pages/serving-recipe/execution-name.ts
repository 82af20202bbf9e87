/** What is wrong with the name of an execution (A24); `undefined` if nothing is. Whether it is taken only the server knows. */
export function nameProblem(name: string): string | undefined {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name)) return undefined;
  if (name === "") return "An execution needs a name.";
  if (name.length > 80) return `At most 80 characters; these are ${name.length}.`;
  const wrong = [...new Set(name.replace(/[A-Za-z0-9_-]/g, ""))].map((one) => `“${one}”`);
  return `Letters, digits, “-” and “_” only; ${wrong.join(", ")} cannot stand in a name.`;
}
