/** `npm run up`: `recsys up` with whatever follows `--`. */
process.argv.splice(2, 0, "up");
await import("./recsys.mjs");
