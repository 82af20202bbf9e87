import { CHART_STYLE } from "./charts/style.ts";

/** A page's style: light or dark as the reader's system is, one colour for what matters, grey for the rest. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #f4f5f7; --card: #fff; --ink: #16191f; --quiet: #5b6675;
  --line: #e3e6eb; --main: #0b5cd5; --other: #a3adba; --good: #03774c; --bad: #c42b1c; --warn: #8f5b00;
  --wash: #eef4fd; --warn-wash: #fdf3dc; --good-wash: #e4f5ec; --bad-wash: #fdeae8;
  --tone-1: #2ea597; --tone-2: #e07941; --tone-3: #8456ce; --tone-4: #c33d69; --tone-5: #b88500; }
@media screen and (prefers-color-scheme: dark) { :root { --ground: #0e1217; --card: #171c24; --ink: #e8ebf0;
  --quiet: #9aa6b6; --line: #2a323e; --main: #6aa7ff; --other: #67748a; --good: #4cc38a; --bad: #ff8577;
  --warn: #f0b74a; --wash: #1a2636; --warn-wash: #33290f; --good-wash: #12301f; --bad-wash: #3a1b18;
  --tone-1: #38b8a8; --tone-2: #ec8c58; --tone-3: #a783e1; --tone-4: #e07f9d; --tone-5: #d5a42a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%;
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
main { max-width: 1160px; margin: 0 auto; padding: 40px 28px 80px; }
h1 { font-size: 30px; line-height: 1.28; letter-spacing: -.012em; font-weight: 680; margin: 0 0 16px;
  text-wrap: balance; }
h2 { font-size: 20px; line-height: 1.3; letter-spacing: -.006em; margin: 0 0 8px; }
h3 { font-size: 15px; margin: 32px 0 8px; }
h4 { font-size: 12px; font-weight: 600; color: var(--quiet); margin: 0 0 6px; display: flex; justify-content: space-between; }
p { margin: 0 0 12px; max-width: 78em; } .quiet { color: var(--quiet); } .note { font-size: 13px; margin-top: 10px; }
.good { color: var(--good); } .bad { color: var(--bad); }
header { padding: 8px 4px 12px; border-top: 4px solid currentColor; margin-bottom: 20px; }
header > * { color: var(--ink); } header > .quiet { color: var(--quiet); margin: 0 0 6px; }
.kicker { color: var(--quiet); font-size: 13px; margin: 14px 0 8px; display: flex; gap: 12px; align-items: center; }
.badge { font-weight: 600; padding: 1px 12px; border-radius: 999px; }
.badge.good { background: var(--good-wash); } .badge.bad { background: var(--bad-wash); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 28px 32px 30px;
  margin-bottom: 20px; }
.tiles { display: grid; grid-auto-columns: 1fr; grid-auto-flow: column; gap: 16px; margin-bottom: 20px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 18px 22px; }
.tile b { display: block; font-size: 28px; line-height: 1.25; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.tile > span { display: block; color: var(--quiet); font-size: 13px; line-height: 1.45; margin-top: 4px; }
.split { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr)); gap: 28px 36px;
  align-items: start; margin-top: 24px; }
.split > * { min-width: 0; } .split figure + .scroll { margin-top: 16px; }
.split :is(th, td) { padding-left: 5px; padding-right: 5px; }
.warn { color: var(--warn); background: var(--warn-wash); border-radius: 4px; padding: 0 6px; font-size: 11px; font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 8px 10px; border-bottom: 1px solid var(--line); white-space: nowrap; vertical-align: middle; }
th { color: var(--quiet); font-weight: 600; font-size: 12.5px; vertical-align: bottom; }
tbody tr:last-child td { border-bottom: 0; } tr.starts td { border-top: 2px solid var(--line); }
th:first-child, td:first-child, table.words :is(th, td) { text-align: left; padding-left: 8px; }
td.words { white-space: normal; text-align: left; min-width: 150px; } tr.strong td { background: var(--wash); font-weight: 600; }
td small { color: var(--quiet); display: block; font-size: 11.5px; font-weight: 400; line-height: 1.35; } td span.warn { margin-left: 8px; }
td.chart { width: 34%; min-width: 150px; padding-left: 14px; padding-right: 14px; }
details { margin-top: 20px; } summary { cursor: pointer; font-size: 13.5px; font-weight: 600; color: var(--quiet); }
summary:hover { color: var(--ink); } details > .scroll { margin-top: 12px; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 20px; font-size: 13.5px; margin: 12px 0 0; }
dt { font-weight: 600; } dd { margin: 0; color: var(--quiet); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
${CHART_STYLE}
@media (max-width: 860px) { main { padding: 24px 16px 48px; } section { padding: 22px 20px; } h1 { font-size: 25px; }
  th, td { padding: 7px 6px; } td.chart { min-width: 110px; }
  table.last-optional :is(th, td):last-child { display: none; }
  .tiles { grid-auto-flow: row; grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (max-width: 520px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 8px; } }
@media print { :root { color-scheme: light; } body { background: none; font-size: 10pt; } main { padding: 0; max-width: none; }
  section, .tile { border-color: #ccc; } h2, h3, thead { break-after: avoid; } tr, figure, .tile { break-inside: avoid; }
  details::details-content { content-visibility: visible; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .scroll { overflow: visible; } section { padding: 16px 18px; } table, dl { font-size: 8.5pt; }
  .split { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px 20px; } .split:has(table) { grid-template-columns: 1fr; }
  .split figure { max-width: 420px; } td small { font-size: 7.5pt; } th, td { padding: 4px 6px; } }
`;
