/** The page's style: light or dark as the reader's system is, one colour for the model, grey for the rest. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --ink: #16191f; --quiet: #5f6b7a;
  --line: #e4e7ec; --main: #0b5cd5; --other: #aab4c1; --good: #037f51; --bad: #c42b1c; --wash: #eef3fb; }
@media (prefers-color-scheme: dark) { :root { --ground: #10141a; --card: #181e27; --ink: #e9ecf1;
  --quiet: #97a3b4; --line: #2b3441; --main: #6aa7ff; --other: #5b6878; --good: #4cc38a; --bad: #ff8577;
  --wash: #1c2735; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0; } h2 { font-size: 18px; margin: 0 0 4px; }
h3 { font-size: 14px; margin: 20px 0 6px; } p { margin: 0 0 12px; } .quiet { color: var(--quiet); }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: baseline; margin-bottom: 20px; }
header .quiet { flex-basis: 100%; }
.badge { font-weight: 600; padding: 2px 12px; border-radius: 999px; border: 1px solid currentColor; }
.good { color: var(--good); } .bad { color: var(--bad); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px 24px;
  margin-bottom: 16px; break-inside: avoid; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 16px;
  margin-bottom: 16px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 20px; }
.tile b { display: block; font-size: 24px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tile span { display: block; color: var(--quiet); font-size: 13px; }
.split { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 24px; align-items: start; }
figure { margin: 0 0 20px; max-width: 760px; } figure.narrow { max-width: 360px; } figcaption { font-size: 13px; color: var(--quiet); margin-bottom: 6px; }
ul.reasons { list-style: none; padding: 0; margin: 8px 0 0; } ul.reasons li::before { font-weight: 700; margin-right: 8px; }
li.good::before { content: "✓"; } li.bad::before { content: "✗"; } ul.reasons li span { color: var(--ink); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 6px 10px; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--quiet); font-weight: 600; } th:first-child, td:first-child { text-align: left; }
td.wide, dd { white-space: normal; } tr.strong td { background: var(--wash); }
td small { color: var(--quiet); display: block; font-size: 11px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; font-size: 13px; margin: 0; }
dt { font-weight: 600; } dd { margin: 0; color: var(--quiet); }
svg { display: block; width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); } svg .tick { fill: var(--quiet); font-size: 11px; } svg .small { font-size: 11px; }
svg .strong { font-weight: 700; } svg .value { font-weight: 600; font-variant-numeric: tabular-nums; }
.grid { stroke: var(--line); } .axis { stroke: var(--quiet); } .ideal { stroke: var(--quiet); stroke-dasharray: 5 4; }
.bar.main, .dot.main { fill: var(--main); } .bar.other, .dot.other { fill: var(--other); }
.line { fill: none; stroke-width: 2; } .line.main { stroke: var(--main); stroke-width: 2.6; }
.line.other { stroke: var(--other); } .line.other-2 { stroke-dasharray: 6 3; } .line.other-3 { stroke-dasharray: 2 3; }
.whisker { stroke: var(--ink); stroke-width: 1.4; opacity: .75; fill: none; }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin: 0 6px 0 14px; }
.key.main { background: var(--main); } .key.other { background: var(--other); }
@media print { body { background: none; } section, .tile { border-color: #ccc; } main { padding: 0; max-width: none; } }
`;
