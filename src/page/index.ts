export { type Line, type LineChart, lineChart } from "./charts/lines.ts";
export { linearScale, percentTick, type Scale } from "./charts/scale.ts";
export { figure } from "./figure.ts";
export { Markup, markup } from "./markup.ts";
export { PAGE_STYLE } from "./style.ts";
export { table } from "./table.ts";
