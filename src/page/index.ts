export { columnChart, type ColumnChart, type Columns } from "./charts/columns.ts";
export { type Line, type LineChart, lineChart } from "./charts/lines.ts";
export { type LyingBar, lyingBars } from "./charts/lying-bars.ts";
export { linearScale, percentTick, type Scale } from "./charts/scale.ts";
export { legend, TONES } from "./charts/tone.ts";
export { figure } from "./figure.ts";
export { Markup, markup } from "./markup.ts";
export { PAGE_STYLE } from "./style.ts";
export { table } from "./table.ts";
