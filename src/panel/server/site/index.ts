export { type RunningSite, serveSite, type SiteOptions } from "./site.ts";
