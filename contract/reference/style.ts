/** The whole style of the reference: readable on paper, in the dark and on a telephone. */
export const style = `
:root{color-scheme:light dark;--ink:#1c2420;--soft:#5b6660;--line:#dfe5e1;--ground:#fff;--raised:#f5f7f5;--link:#14683f;--get:#14683f;--post:#1d4f91;--put:#8a5a00;--patch:#6b3fa0;--delete:#a32929}
@media(prefers-color-scheme:dark){:root{--ink:#e4eae6;--soft:#98a49d;--line:#303833;--ground:#151917;--raised:#1d2320;--link:#6cc796;--get:#6cc796;--post:#7db2f0;--put:#e0b25c;--patch:#bd9af0;--delete:#f08d8d}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
body{margin:0;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--ground);display:grid;grid-template-columns:18rem minmax(0,1fr)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.5rem 1rem 3rem 1.25rem;border-right:1px solid var(--line);background:var(--raised);font-size:.85rem}
nav h2{font-size:.75rem;text-transform:uppercase;letter-spacing:.06em;color:var(--soft);margin:1.4rem 0 .3rem}
nav ul{list-style:none;margin:0;padding:0}
nav li a{display:block;padding:.15rem 0;color:var(--ink);text-decoration:none}
nav li a:hover{text-decoration:underline}
main{padding:2rem clamp(1rem,4vw,3.5rem) 6rem;max-width:64rem}
h1{margin:0 0 .25rem;font-size:2rem}
main>h2{text-transform:capitalize;margin:3.5rem 0 .5rem;padding-bottom:.3rem;border-bottom:2px solid var(--line)}
h3{margin:0 0 .5rem;font-size:1.05rem;overflow-wrap:anywhere}
h3 a{color:inherit;text-decoration:none}
a{color:var(--link)}
.route,.schema{padding:1.5rem 0;border-bottom:1px solid var(--line)}
.access{display:inline-block;padding:0 .5em;border:1px solid var(--line);border-radius:1em;font-size:.8rem;color:var(--soft)}
code,pre{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
pre{overflow:auto;padding:.8rem 1rem;background:var(--raised);border:1px solid var(--line);border-radius:.4rem}
summary{cursor:pointer;color:var(--soft)}
table{width:100%;border-collapse:collapse;margin:.8rem 0;font-size:.9rem}
th{text-align:left;font-weight:600;color:var(--soft);font-size:.78rem}
th,td{padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
td:first-child{width:26%}td:nth-child(2){width:26%}
small{color:var(--soft)}
.get{color:var(--get)}.post{color:var(--post)}.put{color:var(--put)}.patch{color:var(--patch)}.delete{color:var(--delete)}
@media(max-width:60rem){body{display:block}nav{position:static;height:auto;max-height:45vh;border-right:0;border-bottom:1px solid var(--line)}}
@media print{body{display:block}nav{display:none}}
`;
