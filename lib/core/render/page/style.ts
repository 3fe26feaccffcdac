/** How the page looks: light and dark, from 360 px on, and on paper. Nothing in it is fetched. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--mut:#59636e;--line:#d9dee3;--card:#f6f8fa;--crit:#c4192c;--warn:#a35200;--note:#0b62c4;--good:#1a7f37;--off:#8b949e;--zw:#fff3dc;--zc:#ffe5e3;--code:#eff2f5}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0e1116;--fg:#e6edf3;--mut:#9aa5b1;--line:#2b323b;--card:#161b22;--crit:#ff7b72;--warn:#f0a64a;--note:#6cb0ff;--good:#56d364;--off:#6e7681;--zw:#2b2413;--zc:#32191b;--code:#1f252d}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.45 system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;overflow-wrap:break-word}
main{max-width:1180px;margin:0 auto;padding:20px 20px 60px}
h1{font-size:22px;line-height:1.25;margin:0 0 4px}h2{font-size:17px;margin:34px 0 10px}h3{font-size:14px;margin:18px 0 4px}.fb h3{font-size:13px;margin:16px 0 4px;color:var(--mut)}
small{font-size:12.5px;font-weight:400;color:var(--mut)}
.sub,.none,.fp,.fa,.c{color:var(--mut);font-size:13px;margin:0}
code,pre{font:12.5px/1.4 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
a{color:var(--note)}:focus-visible{outline:2px solid var(--note);outline-offset:1px}
summary{cursor:pointer}
.vh,.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:focus{position:absolute;left:12px;top:8px;background:var(--bg);padding:6px 10px;z-index:2}
.defs{position:absolute}
ul,ol{margin:4px 0;padding-left:20px}
.tiles,.acts,.effs,.legend,.bars,.lines,.signs,.left,.sil{list-style:none;padding:0;margin:4px 0}
.tiles{display:grid;grid-template-columns:repeat(5,1fr);gap:8px;margin:16px 0 0}
.tile{display:block;height:100%;border:1px solid var(--line);background:var(--card);border-radius:8px;padding:10px 12px;color:inherit;text-decoration:none}.tile:hover{border-color:var(--mut)}
.tile b{display:block;font-size:24px;line-height:1.1}.tile span{color:var(--mut);font-size:12.5px}
.tile.critical b{color:var(--crit)}.tile.warning b{color:var(--warn)}.tile.notice b{color:var(--note)}.tile.good b{color:var(--good)}
.acts{border:1px solid var(--line);border-radius:8px;counter-reset:a}
.acts>li{counter-increment:a;padding:9px 14px 9px 44px;border-top:1px solid var(--line);position:relative}.acts>li:first-child{border-top:0}
.acts>li:before{content:counter(a);position:absolute;left:14px;color:var(--mut)}
.acts>li:target{background:var(--card)}
.act{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2px 16px}
.effs{display:flex;flex-wrap:wrap;gap:2px 18px;font-size:13px;font-variant-numeric:tabular-nums}.effs span:first-child{color:var(--mut)}
.acts details,.rej{font-size:13.5px}.acts summary,.rej summary{color:var(--mut);font-size:13px;width:max-content;max-width:100%}
.run{display:flex;gap:8px;align-items:center;flex-wrap:wrap}.run code{background:var(--code);padding:4px 8px;border-radius:5px}
button,input,select{font:13px system-ui,sans-serif;color:inherit;background:var(--bg);border:1px solid var(--mut);border-radius:6px;padding:6px 10px;min-height:32px;max-width:100%}button{cursor:pointer}button:disabled{color:var(--mut);border-color:var(--line);cursor:default}
.row{display:grid;grid-template-columns:240px minmax(0,1fr) 110px;gap:12px;align-items:center}
.row{min-height:27px}.row .g,.row .q{line-height:1.25}.row .g small{white-space:nowrap}.row .s{min-width:0}.row .q{font-size:13px;font-variant-numeric:tabular-nums}
.axis{position:sticky;top:0;z-index:1;background:var(--bg)}.strip,.axis svg{display:block;overflow:visible}.ax{stroke:var(--line)}.axis text{fill:var(--mut);font-size:12px}.axis .q{color:var(--mut);font-size:12px}
.zw{fill:var(--zw)}.zc{fill:var(--zc)}
.m,.bin,.fill{fill:var(--off)}.m{stroke:var(--bg)}
.m.critical,.bin.critical,.fill.critical{fill:var(--crit)}.m.warning,.bin.warning,.fill.warning{fill:var(--warn)}.m.notice{fill:var(--note)}
.m.later,.m.was{fill:var(--bg);stroke:var(--warn);stroke-width:1.6}.m.was{stroke:var(--crit)}.m.beyond{fill:var(--crit)}
.ghost{stroke:var(--crit);stroke-width:1.4;stroke-dasharray:2 4}
.bin{fill-opacity:.75}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;color:var(--mut);font-size:12.5px}.legend svg{vertical-align:-3px}.legend svg svg{overflow:visible}
.case{border-top:1px solid var(--line)}.case:last-of-type{border-bottom:1px solid var(--line)}
.case summary,.left li{display:grid;grid-template-columns:84px minmax(0,1fr) auto;gap:12px;padding:9px 4px;align-items:baseline}.case>summary{list-style:none}.case>summary::-webkit-details-marker{display:none}.case>summary:hover{background:var(--card)}
.case .fb details summary{display:list-item;padding:4px 0;color:var(--mut);font-size:13px}
.case>summary .ct b:before{content:"▸";display:inline-block;width:14px;color:var(--mut)}.case[open]>summary .ct b:before{content:"▾"}
.fp{display:block}.fa{text-align:right;max-width:320px}
.left li{grid-template-columns:84px minmax(0,1fr) auto;padding:3px 4px;font-size:13.5px}.left li>:nth-child(2):last-child{grid-column:2/-1}
.rest-acts>summary{color:var(--note);padding:8px 14px;width:max-content}.rest-acts .acts{counter-reset:a 6}.nb{white-space:nowrap}
.pill{font-size:12px;font-weight:600;white-space:nowrap}.pill:before{content:"";display:inline-block;width:9px;height:9px;margin-right:5px;background:currentColor}
.pill.critical{color:var(--crit)}.pill.critical:before{clip-path:polygon(50% 0,100% 100%,0 100%)}.pill.warning{color:var(--warn)}.pill.warning:before{clip-path:polygon(50% 0,100% 50%,50% 100%,0 50%)}.pill.notice{color:var(--note)}.pill.notice:before{border-radius:50%}
.fb{padding:0 4px 18px 100px;max-width:1000px}.fb>ul:not([class]){font-size:13.5px}
.signs li{display:grid;grid-template-columns:84px minmax(0,1fr);gap:12px;padding:2px 0;font-size:14px;align-items:baseline}
.why{max-width:80ch;margin:6px 0;font-size:13.5px}
.bar{display:grid;grid-template-columns:minmax(0,1.1fr) minmax(100px,1fr) 140px;gap:12px;align-items:center;font-size:13px;margin:3px 0}
.bt{display:block;background:var(--code);border-radius:2px}.fill.fine{fill:var(--good)}.bv{font-variant-numeric:tabular-nums}.bl em{font-style:normal;font-size:12px;border:1px solid currentColor;border-radius:4px;padding:0 5px;color:var(--note)}
.room{fill:var(--off);fill-opacity:.5}.room.binds{fill:var(--note);fill-opacity:1}.room.read{fill:var(--note);fill-opacity:.35}.used{fill:var(--fg)}
.lines{display:grid;grid-template-columns:repeat(auto-fill,minmax(260px,1fr));gap:12px}
.tl{display:block;border-bottom:1px solid var(--line)}.tl *{vector-effect:non-scaling-stroke}.tw,.tc{stroke:var(--warn);stroke-dasharray:3 4}.tc{stroke:var(--crit)}.path{fill:none;stroke-width:2;stroke:var(--good)}.path.warning{stroke:var(--warn)}.path.critical{stroke:var(--crit)}
.sil li{padding:4px 0}.lines small{display:block}.lines{font-size:13px}
.wrap{overflow-x:auto}table.big{border-collapse:collapse;width:100%;font-size:13px}
.big th,.big td{text-align:left;border-bottom:1px solid var(--line);padding:4px 12px 4px 0;vertical-align:baseline;font-weight:400}
.big thead th{font-weight:600;white-space:nowrap}.big thead button{border:0;padding:0;font:inherit;font-weight:600;background:none;min-height:28px}
.big td:last-child{min-width:220px}.big th[scope=row]{white-space:nowrap}.big th[scope=row] button{border:0;background:none;padding:0;font:inherit;text-align:left;min-height:24px;color:var(--note)}
.big .r{text-align:right;font-variant-numeric:tabular-nums}
.dot{display:inline-block;width:8px;height:8px;border-radius:50%;background:var(--off);margin-right:6px}.dot.critical{background:var(--crit)}.dot.warning,.dot.later{background:var(--warn)}.dot.notice{background:var(--note)}
#controls,#pager{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center;margin:0 0 8px;font-size:13px}#pager{margin-top:8px}#controls label{display:flex;gap:6px;align-items:center}
pre{margin:4px 0;max-height:340px;overflow:auto;background:var(--code);padding:8px;border-radius:5px;white-space:pre-wrap}
@media(max-width:960px){.case summary,.left li{grid-template-columns:84px minmax(0,1fr)}.fa{grid-column:2;text-align:left;max-width:none}}
@media(max-width:960px){.big th[scope=row] small{display:block;padding-left:14px}.big td:last-child{min-width:180px}}
@media(max-width:720px){.left li>:nth-child(2):last-child{grid-column:1}main{padding:14px 12px 40px}.tiles{grid-template-columns:repeat(2,1fr)}.tiles li:first-child{grid-column:1/-1}
.row{grid-template-columns:minmax(0,1fr) auto;gap:0 8px;margin-top:8px}.row .s{grid-column:1/-1;grid-row:2}.axis .g,.axis .q,.axis>div:first-child{display:none}
.acts>li{padding-left:40px}.acts>li:before{left:12px}
.case summary,.left li,.signs li{grid-template-columns:minmax(0,1fr);gap:2px}.fb{padding-left:4px}.fa{grid-column:1}
.bar{grid-template-columns:minmax(0,1fr) auto}.bl{grid-column:1/-1}.bt{grid-column:1}
table.big,.big thead,.big tbody{display:block}.big thead tr{display:flex;flex-wrap:wrap;gap:0 16px;border-bottom:1px solid var(--line)}.big thead th{border:0;padding:0}
.big tbody tr{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 8px;padding:5px 0;border-bottom:1px solid var(--line)}.big tbody th,.big tbody td{border:0;padding:0}.big tbody td:empty{display:none}
.big th[scope=row] small{display:inline;padding:0}.big td:nth-child(4){grid-area:1/2}.big td:nth-child(2){grid-area:2/1}.big td:nth-child(5){grid-area:2/2}.big td:nth-child(3){grid-area:3/1}.big td:nth-child(6){grid-area:3/2}.big td:nth-child(6):before{content:"of "}.big td:nth-child(7),.facts td{grid-column:1/-1;min-width:0}.big td:nth-child(7){color:var(--mut)}}
@media print{main{max-width:none;padding:0}.axis{position:static}.tiles{grid-template-columns:repeat(5,1fr)}.tiles li:first-child{grid-column:auto}#controls,#pager,.skip,.run button{display:none}.acts>li,.signs,.bars,.row,tr{break-inside:avoid}details::details-content{content-visibility:visible;display:block;block-size:auto}.wrap{overflow:visible}}
`;
