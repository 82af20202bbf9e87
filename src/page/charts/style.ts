/** How the charts look. */
export const CHART_STYLE = `
figure { margin: 0; max-width: 560px; } figure.narrow { max-width: 440px; }
figcaption { font-size: 13px; color: var(--quiet); margin-bottom: 8px; line-height: 1.45; }
svg { display: block; width: 100%; height: auto; font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans",
  "Liberation Sans", sans-serif; font-variant-numeric: tabular-nums; }
svg text { fill: var(--ink); } svg .tick { fill: var(--quiet); font-size: 11px; } svg .small { font-size: 11px; }
svg .strong { font-weight: 700; fill: var(--main); }
svg .grid { stroke: var(--line); } svg .axis { stroke: var(--quiet); }
svg .ideal { stroke: var(--quiet); stroke-dasharray: 5 4; } svg .leader { stroke: var(--other); stroke-width: .8; opacity: .7; fill: none; }
svg .bar.main, svg .dot.main { fill: var(--main); } svg .bar.other, svg .dot.other { fill: var(--other); }
svg .line { fill: none; stroke-width: 1.6; stroke-linejoin: round; } svg .line.main { stroke: var(--main); stroke-width: 2.8; }
svg .line.other { stroke: var(--other); } svg .other-1 { stroke-dasharray: 7 3; } svg .other-2 { stroke-dasharray: 2 3; }
svg .other-3 { stroke-dasharray: 9 3 2 3; } svg circle { stroke: none; }
.key { display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin: 0 6px 0 14px; }
.key:first-child { margin-left: 0; } .key.main { background: var(--main); } .key.other { background: var(--other); }
.legend { margin-right: 14px; white-space: nowrap; } .legend .key { margin: 0 6px 0 0; }
.tone-0 { fill: var(--main); background: var(--main); } .tone-1 { fill: var(--tone-1); background: var(--tone-1); }
.tone-2 { fill: var(--tone-2); background: var(--tone-2); } .tone-3 { fill: var(--tone-3); background: var(--tone-3); }
.tone-4 { fill: var(--tone-4); background: var(--tone-4); } .tone-5 { fill: var(--tone-5); background: var(--tone-5); }
.tone-6, .tone-other { fill: var(--other); background: var(--other); }
`;
