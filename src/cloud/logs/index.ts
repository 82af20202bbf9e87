export { jobPrints } from "./job-prints.ts";
