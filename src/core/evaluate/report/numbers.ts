/** A metric's value: four decimals. */
export function decimals(value: number): string {
  return value.toFixed(4);
}

/** A share as a percentage with about three digits. */
export function percent(share: number): string {
  const value = 100 * share;
  const places = Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return `${value.toFixed(places)} %`;
}

/** A whole number with thin spaces between thousands. */
export function whole(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** A number with its sign. */
export function signed(value: number, format: (value: number) => string): string {
  return value < 0 ? `−${format(-value)}` : `+${format(value)}`;
}
