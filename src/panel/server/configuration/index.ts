export { readDraft } from "./draft.ts";
export { readOwnPrices } from "./estimates/own-prices.ts";
export { type Price, priceOfHours } from "./estimates/price-of-hours.ts";
export { addConfigurationRoutes } from "./routes.ts";
