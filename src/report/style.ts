import { PAGE_STYLE } from "../page/index.ts";

/** The report's style: that of every page of ours, and how it is divided into sheets of paper. */
export const REPORT_STYLE = `${PAGE_STYLE}
header { border-top-color: var(--main); } ul.said { margin: 0; padding-left: 20px; max-width: 70em; } ul.said li { padding: 2px 0; }
.tile small.change { display: block; font-size: 13px; font-weight: 600; margin-top: 6px; } td small.change { display: inline; font-size: inherit; }
small.change.good { color: var(--good); } small.change.bad { color: var(--bad); } small.change.quiet { color: var(--quiet); }
.split td.words { min-width: 0; } td.words > .key { margin-left: 0; }
.figures tr.group th { text-align: left; padding-top: 18px; color: var(--ink); font-size: 13.5px; }
.figures tr.group:first-child th { padding-top: 8px; } .facts { max-width: 640px; } .facts thead { display: none; }
dl.reasons { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); } .formula { color: var(--ink); }
@media print { @page { size: A4; margin: 14mm 13mm; } section { break-inside: avoid; } .computed { break-before: page; break-inside: auto; }
  .computed dl { display: block; columns: 2; column-gap: 8mm; font-size: 7.5pt; line-height: 1.38; } .computed > p { font-size: 8.5pt; } .computed dt { break-after: avoid; margin-top: 6px; }
  dt, dd { break-inside: avoid; } .split:has(table) { grid-template-columns: repeat(2, minmax(0, 1fr)); } p.note { font-size: 8.5pt; } figcaption { font-size: 8.5pt; }
  .split :is(th, td) { padding-left: 3px; padding-right: 3px; } .split table { font-size: 8pt; } .split th { font-size: 7.5pt; } .tile { padding: 12px 14px; } .tile b { font-size: 20px; } header { padding-top: 0; } h1 { font-size: 24px; }
  .tiles { grid-auto-flow: column; grid-template-columns: none; gap: 10px; margin-bottom: 12px; } section { margin-bottom: 12px; } }
`;
