/** Style of the page: follows the colour scheme of the system, and loads nothing. */
export const styles = String.raw`
:root {
  color-scheme: light dark;
  --bg: #f7f7f5; --panel: #ffffff; --raised: #fafaf9; --ink: #1b1d21; --muted: #5f656e; --faint: #8a9099;
  --line: #e3e4e6; --line-soft: #eeeff0; --accent: #3355d6; --select: #eef1fd;
  --critical: #b42318; --critical-bg: #fde3e0; --high: #b84a00; --high-bg: #ffe6d1;
  --medium: #7d5b00; --medium-bg: #fdf0c4; --low: #4b525c; --low-bg: #e9ebee;
  --lost: #175a94; --lost-bg: #d9ebfa; --changed: #5b3cc4; --changed-bg: #e8e1fb;
  --string: #0b6e4f; --key: #8a3ffc; --shadow: 0 1px 2px rgb(0 0 0 / 5%), 0 8px 24px -16px rgb(0 0 0 / 18%);
  --ui: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #0e1014; --panel: #15181d; --raised: #1a1d23; --ink: #e8eaed; --muted: #a0a7b1; --faint: #767e89;
    --line: #282d35; --line-soft: #1f2329; --accent: #8ea6ff; --select: #1d2438;
    --critical: #ff8f85; --critical-bg: #47201f; --high: #ffab66; --high-bg: #42290f;
    --medium: #f2cb4f; --medium-bg: #372f10; --low: #b4bac3; --low-bg: #272c33;
    --lost: #7cc0f7; --lost-bg: #143049; --changed: #b9a3ff; --changed-bg: #2c2350;
    --string: #7fd6b3; --key: #c9a8ff; --shadow: none;
  }
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body {
  display: grid; grid-template-rows: auto auto minmax(0, 1fr) auto; background: var(--bg); color: var(--ink);
  font: 14px/1.45 var(--ui); -webkit-font-smoothing: antialiased; font-variant-numeric: tabular-nums;
}
button, input { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none !important; }
.mono { font-family: var(--mono); font-size: 12.5px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

header { display: flex; flex-wrap: wrap; gap: 16px 40px; align-items: end; justify-content: space-between; padding: 24px 28px 18px; }
.eyebrow { margin: 0 0 6px; color: var(--muted); font-size: 12.5px; }
.eyebrow b { font-weight: 500; color: var(--ink); font-family: var(--mono); font-size: 12px; }
h1 { margin: 0; font-size: 27px; line-height: 1.15; font-weight: 660; letter-spacing: -.022em; text-wrap: balance; }
h1.safe::before { content: "✓ "; color: var(--string); }
.detail { margin: 6px 0 0; color: var(--muted); }

.levels { display: flex; gap: 8px; margin: 0; padding: 0; border: 0; }
.level {
  display: grid; min-width: 92px; padding: 8px 14px 9px; text-align: left; line-height: 1.2;
  background: var(--panel); border: 1px solid var(--line); border-radius: 9px; box-shadow: var(--shadow);
  position: relative; overflow: hidden; transition: opacity .12s;
}
.level::before { content: ""; position: absolute; inset: 0 auto 0 0; width: 3px; background: var(--tone); }
.level strong { font-size: 20px; font-weight: 640; letter-spacing: -.02em; }
.level span { color: var(--muted); font-size: 12px; }
.level[aria-pressed="false"] { opacity: .5; box-shadow: none; }
.level[aria-pressed="false"]::before { opacity: .3; }
.level:disabled { cursor: default; opacity: .5; }

.tools { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: center; padding: 0 28px 14px; }
.search { position: relative; flex: 1 1 320px; max-width: 520px; }
.search input {
  width: 100%; height: 36px; padding: 0 40px 0 34px; background: var(--panel); border: 1px solid var(--line);
  border-radius: 9px; box-shadow: var(--shadow);
}
.search input::placeholder { color: var(--faint); opacity: 1; }
.search input::-webkit-search-cancel-button { display: none; }
.search svg { position: absolute; left: 11px; top: 10px; width: 16px; height: 16px; stroke: var(--faint); fill: none; stroke-width: 1.6; }
.search kbd { position: absolute; right: 9px; top: 8px; }
kbd {
  display: inline-block; min-width: 20px; padding: 0 5px; font: 11px/18px var(--mono); text-align: center; color: var(--muted);
  background: var(--raised); border: 1px solid var(--line); border-radius: 5px;
}
.segments { display: flex; padding: 3px; gap: 2px; background: var(--line-soft); border-radius: 9px; }
.segments button { height: 30px; padding: 0 12px; border: 0; border-radius: 7px; background: none; color: var(--muted); }
.segments button i { font-style: normal; color: var(--faint); margin-left: 4px; }
.segments button[aria-pressed="true"] { background: var(--panel); color: var(--ink); box-shadow: 0 1px 2px rgb(0 0 0 / 12%); }
.status { margin-left: auto; color: var(--muted); font-size: 13px; }

main { display: grid; grid-template-columns: minmax(0, 11fr) minmax(400px, 9fr); gap: 16px; min-height: 0; padding: 0 28px; }
.panel { min-width: 0; min-height: 0; background: var(--panel); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); overflow: hidden; }
.map { align-self: start; max-height: 100%; overflow: auto; position: relative; overscroll-behavior: contain; }
.map:focus-visible { outline: none; border-color: var(--accent); }
.canvas { position: relative; min-width: 100%; }
.head { position: sticky; top: 0; z-index: 3; height: 52px; background: var(--panel); border-bottom: 1px solid var(--line); }
.head > * { position: absolute; top: 0; height: 51px; }
.corner { position: sticky !important; left: 0; width: 260px; z-index: 4; background: var(--panel); border-right: 1px solid var(--line); padding: 0 10px 0 16px; font-size: 12px; color: var(--muted); display: flex; align-items: center; justify-content: space-between; }
.corner button { border: 0; background: none; padding: 3px 6px; border-radius: 6px; font-size: 12px; color: var(--faint); }
.corner button:hover { background: var(--line-soft); color: var(--ink); }
.column { width: 96px; padding: 10px 10px 0; font-size: 12px; line-height: 1.25; overflow: hidden; }
.column b { display: block; font: 600 12.5px/1.3 var(--mono); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.column small { display: block; color: var(--faint); font: 11px/1.3 var(--mono); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row { position: absolute; left: 0; height: 36px; border-bottom: 1px solid var(--line-soft); }
.row > .cell { position: absolute; top: 0; width: 96px; height: 35px; display: flex; gap: 4px; align-items: center; padding: 0 8px; cursor: pointer; }
.row > .name { position: sticky; left: 0; z-index: 2; width: 260px; padding: 0 12px 0 8px; background: var(--panel); border-right: 1px solid var(--line); gap: 7px; white-space: nowrap; }
.row:hover > .name { background: var(--raised); }
.name .label { overflow: hidden; text-overflow: ellipsis; }
.name .hint { margin-left: auto; padding-left: 8px; color: var(--faint); font-size: 12px; }
.twist { flex: none; width: 14px; height: 14px; display: grid; place-items: center; color: var(--faint); }
.twist svg { width: 9px; height: 9px; fill: currentColor; transition: transform .12s; }
.open > .name .twist svg { transform: rotate(90deg); }
.l1 > .name .label { font-weight: 580; }
.l2 > .name { padding-left: 26px; }
.l3 > .name { padding-left: 62px; color: var(--muted); font-size: 13px; }
.pill {
  min-width: 26px; height: 22px; padding: 0 7px; border-radius: 6px; font-size: 12px; line-height: 22px; font-weight: 600; text-align: center;
  color: var(--tone); background: var(--tint);
}
.lost-pill { background: none; box-shadow: inset 0 0 0 1px var(--tone); opacity: .85; font-weight: 500; }
.cell.active { box-shadow: inset 0 0 0 2px var(--line); border-radius: 6px; }
.map:focus .cell.active { box-shadow: inset 0 0 0 2px var(--accent); }
.cell.chosen { background: var(--select) !important; }
.critical { --tone: var(--critical); --tint: var(--critical-bg); } .high { --tone: var(--high); --tint: var(--high-bg); }
.medium { --tone: var(--medium); --tint: var(--medium-bg); } .low { --tone: var(--low); --tint: var(--low-bg); }
.lost { --tone: var(--lost); --tint: var(--lost-bg); } .changed { --tone: var(--changed); --tint: var(--changed-bg); }
.empty { padding: 56px 28px; text-align: center; color: var(--muted); }
.empty b { display: block; color: var(--ink); font-size: 15px; margin-bottom: 4px; }

.side { display: grid; grid-template-rows: auto minmax(0, 1fr); align-self: start; max-height: 100%; }
.side h2 { display: flex; gap: 8px; align-items: center; margin: 0; height: 52px; padding: 0 16px; border-bottom: 1px solid var(--line); font-size: 13.5px; font-weight: 600; }
.side h2 span { font-weight: 400; color: var(--muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.side h2 button { margin-left: auto; flex: none; border: 1px solid var(--line); background: none; border-radius: 7px; padding: 3px 10px; font-size: 12.5px; color: var(--muted); }
.list { overflow: auto; margin: 0; padding: 0; list-style: none; overscroll-behavior: contain; }
.item { border-bottom: 1px solid var(--line-soft); }
.item > button { display: grid; grid-template-columns: 70px minmax(0, 1fr); gap: 2px 12px; width: 100%; padding: 12px 16px 12px 14px; border: 0; background: none; text-align: left; }
.item > button:hover { background: var(--raised); }
.item > button:focus-visible { outline-offset: -2px; }
.tag { align-self: start; padding: 1px 0; border-radius: 5px; font-size: 11.5px; line-height: 18px; text-align: center; font-weight: 600; color: var(--tone); background: var(--tint); }
.who { font-size: 12.5px; color: var(--muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.who b { font-weight: 560; color: var(--ink); }
.what { grid-column: 2; overflow-wrap: anywhere; }
.what code, .except code { font: 12.5px/1.5 var(--mono); padding: 1px 5px; border-radius: 5px; background: var(--line-soft); }
.what em { font-style: normal; font-weight: 560; }
.except, .why { grid-column: 2; font-size: 12.5px; color: var(--muted); overflow-wrap: anywhere; }
.why li { list-style: none; display: flex; gap: 7px; }
.why { margin: 3px 0 0; padding: 0; }
.why li::before { content: ""; flex: none; width: 6px; height: 6px; margin-top: 6px; border-radius: 3px; background: var(--tone); }
.more { padding: 2px 16px 18px 96px; }
.stanza { margin: 0 0 12px; border: 1px solid var(--line); border-radius: 9px; overflow: hidden; background: var(--raised); }
.stanza figcaption { display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 7px 12px; font-size: 12px; color: var(--muted); border-bottom: 1px solid var(--line); }
.stanza figcaption .mono { color: var(--ink); font-size: 12px; overflow-wrap: anywhere; }
.stanza pre { margin: 0; padding: 10px 12px; overflow: auto; font: 12.5px/1.55 var(--mono); }
.stanza pre .s { color: var(--string); } .stanza pre .k { color: var(--key); } .stanza pre .c { color: var(--faint); }
.grants { width: 100%; border-collapse: collapse; margin: 0 0 12px; font-size: 12.5px; }
.grants th { text-align: left; font-weight: 500; color: var(--faint); padding: 0 12px 4px 0; }
.grants td { padding: 4px 12px 4px 0; vertical-align: top; border-top: 1px solid var(--line-soft); overflow-wrap: anywhere; }
.grants td:first-child { white-space: nowrap; }

footer { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 10px 28px 14px; color: var(--faint); font-size: 12px; }
@media (max-width: 1040px) {
  body { display: block; height: auto; }
  main { grid-template-columns: minmax(0, 1fr); }
  .map { max-height: 60vh; } .list { max-height: 90vh; }
  .levels { flex-wrap: wrap; } footer { display: none; }
}
body.nothing :is(.levels, .tools, main, footer) { display: none; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) { .pill, .tag { border: 1px solid; } .cell.active { outline: 2px solid Highlight; } }
@media print { .tools, footer, .map { display: none; } main, .side { display: block; } .list { overflow: visible; } }
`;
