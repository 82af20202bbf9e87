import { PAGE_STYLE } from "../../../page/index.ts";
import { RANGE_STYLE } from "./charts/style.ts";

/** The page's style: that of every page of ours, and what only this one has. */
export const STYLE = `${PAGE_STYLE}
.exact { max-width: 860px; margin: 4px 0 14px; } .exact table { font-size: 14px; }
.exact tbody tr:last-child td { border-bottom: 1px solid var(--line); }
ul.reasons { list-style: none; padding: 0; margin: 0 0 14px; }
ul.reasons li::before { font-weight: 700; margin-right: 8px; } li.good::before { content: "✓"; } li.bad::before { content: "✗"; }
ul.reasons li span { color: var(--ink); font-variant-numeric: tabular-nums; }
td small.warn { color: var(--warn); display: table; margin: 2px 0 0 auto; } td.chart + td { padding-left: 16px; }
th:has(.ticks) { padding-left: 14px; padding-right: 14px; }
td.relation { text-align: left; font-size: 12px; font-weight: 600; color: var(--quiet); } small.relation { font-weight: 600; }
small.ahead { color: var(--good); } small.behind { color: var(--bad); }
dl.statements { font-size: 15px; gap: 12px 24px; } dl.statements dd { color: var(--ink); max-width: 62em; }
.users { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(460px, 100%), 1fr)); gap: 20px; margin-top: 20px; }
article { border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; min-width: 0; break-inside: avoid; }
article h3 { margin: 0; display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; }
article h3 .quiet { font-weight: 400; font-size: 13px; } article > p { font-size: 13px; margin: 0 0 12px; }
article > p.note { margin: 12px 0 0; }
.lists { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 20px; font-size: 13px; line-height: 1.4; }
.lists ul { list-style: none; } .lists :is(ul, ol) { margin: 0; padding: 0; }
.lists li { padding: 3px 0; overflow-wrap: anywhere; } .lists ol { padding-left: 22px; }
.lists ol li > span:first-child { display: inline-block; width: calc(100% - 60px); vertical-align: top; }
.lists ol li { padding-left: 4px; } .lists ol li::marker { color: var(--quiet); font-size: 12px; }
.lists .figure { float: right; color: var(--quiet); font-variant-numeric: tabular-nums; }
.hit { color: var(--good); font-weight: 600; } .lists li.hit { background: var(--good-wash); border-radius: 4px; }
.lists li.hit .figure { color: inherit; padding-right: 4px; }
@media (max-width: 520px) { .lists { grid-template-columns: 1fr; } }
@media print { .lists { font-size: 8.5pt; gap: 12px; } .users { grid-template-columns: 1fr; } dl.statements { font-size: 9.5pt; }
  article { padding: 12px; } }
${RANGE_STYLE}`;
