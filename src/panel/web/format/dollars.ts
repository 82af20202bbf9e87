/** "$0.0021", "$1.20"; as many digits as tell something. */
export function dollars(usd: number): string {
  if (usd === 0) return "$0";
  return usd < 0.0001 ? "under $0.0001" : `$${usd.toFixed(usd < 0.1 ? 4 : 2)}`;
}
