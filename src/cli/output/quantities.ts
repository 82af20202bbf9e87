/** 4.2 s, 3 min 05 s, 2 h 10 min; for an age also days. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 2880) return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
  return `${Math.round(minutes / 1440)} days`;
}

/** 512 B, 38 kB, 1.3 GB; powers of 1000. */
export function bytes(count: number): string {
  return count < 1000 ? `${count} B` : `${scaled(count)}B`;
}

/** 950, 12.4 k, 1.3 M: for rates and other rough figures. */
export function rough(count: number): string {
  return count < 1000 ? Number(count.toPrecision(3)).toString() : scaled(count).trimEnd();
}

/** 1,000,209. */
export function whole(count: number): string {
  return count.toLocaleString("en-US");
}

function scaled(count: number): string {
  const prefixes = ["k", "M", "G", "T"];
  let value = count / 1000;
  let prefix = 0;
  while (value >= 999.5 && prefix < prefixes.length - 1) {
    value /= 1000;
    prefix++;
  }
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${prefixes[prefix]!}`;
}

function twoDigits(count: number): string {
  return count.toString().padStart(2, "0");
}
