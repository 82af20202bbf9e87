/** How rows of ranges look. */
export const RANGE_STYLE = `
.range { position: relative; height: 22px; } .range > * { position: absolute; }
.range .grid, .range .axis { top: -8px; bottom: -8px; width: 1px; background: var(--line); }
.range .axis { background: var(--other); }
.range .bar { top: 4px; bottom: 4px; border-radius: 0 3px 3px 0; } .range .bar.main, .range .dot.main { background: var(--main); }
.range .bar.other, .range .dot.other { background: var(--other); }
.range .point { width: 12px; height: 12px; border-radius: 50%; margin-left: -6px; top: 5px; background: var(--other); }
.range .point.main { background: var(--main); }
.range .dot { width: 10px; height: 10px; border-radius: 50%; margin-left: -5px; top: 1px; } .range .dot.other { top: 12px; }
.range .whisker { height: 2px; } .range .whisker.bar { top: 10px; bottom: auto; border-radius: 0; background: var(--ink); opacity: .7; }
.range .whisker.bar::before, .range .whisker.bar::after { content: ""; position: absolute; top: -3px; width: 1.5px; height: 8px;
  background: inherit; } .range .whisker.bar::before { left: 0; } .range .whisker.bar::after { right: 0; }
.range .whisker.dot { border-radius: 1px; margin: 0; width: auto; top: 5px; height: 2px; } .range .whisker.dot.other { top: 16px; }
.range.ticks { height: 1.3em; font-weight: 400; font-size: 11px; } .range.ticks span { transform: translateX(-50%); }
`;
