// How every page of the gateway looks: one column, calm, readable on a phone, on paper and in the dark.

export const STYLE = `
:root{color-scheme:light dark;--ink:#1d2330;--soft:#525b6c;--line:#d5dae3;--paper:#fff;--ground:#f4f6f9;--link:#0b4fb3;--mine:#e6effc;--bad:#a3161d}
@media(prefers-color-scheme:dark){:root{--ink:#eceff4;--soft:#b3bccb;--line:#3b4454;--paper:#1b212b;--ground:#12161d;--link:#9cc2ff;--mine:#22344f;--bad:#ff9d94}}
*{box-sizing:border-box}
body{margin:0;overflow-wrap:break-word;background:var(--ground);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.75rem;line-height:1.25;margin:.5rem 0 .25rem;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.3;margin:2.5rem 0 .75rem}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0;max-width:46rem}
.lead{color:var(--soft);margin-bottom:1.5rem}
section,article{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;padding:1.25rem;margin:1rem 0}
section>:first-child,article>:first-child{margin-top:0}
section>:last-child,article>:last-child{margin-bottom:0}
dl{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:.4rem 1.25rem;margin:0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
ul{padding-inline-start:1.25rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}
caption{text-align:start;font-weight:600;padding-bottom:.35rem}
section>table:first-child>caption{font-size:1.1rem}
th,td{text-align:start;vertical-align:top;padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line);min-width:5rem}
.long{overflow-wrap:anywhere}
tbody tr:last-child>*{border-bottom:0}
thead th{color:var(--soft);font-weight:600;font-size:.875rem}
tbody th{font-weight:600}
a{color:var(--link)}
label{display:block;font-weight:600;margin-top:1rem}
input{font:inherit;max-width:100%;width:14rem;min-height:2.75rem;padding:.5rem .7rem;border:1px solid var(--soft);border-radius:.5rem;background:var(--paper);color:var(--ink);letter-spacing:.1em}
button.button{font:inherit;font-weight:600;background:none;color:var(--link);cursor:pointer}
a:focus-visible,input:focus-visible,button:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
[role=alert]{border-inline-start:4px solid var(--bad);padding-inline-start:.75rem;font-weight:600;color:var(--bad)}
details{margin:.25rem 0;font-size:.875rem}
summary{cursor:pointer;color:var(--soft)}
details dl,td dl{display:block}
details dt:not(:first-child){margin-top:.35rem}
.state{font-size:1.15rem}
.button{display:inline-block;margin-top:1rem;padding:.6rem 1.1rem;border:1px solid var(--link);border-radius:.5rem;font-weight:600;text-decoration:none}
.talk{list-style:none;padding:0;margin:1rem 0}
.talk li{max-width:42rem;margin:.6rem 0;padding:.6rem .9rem;border:1px solid var(--line);border-radius:.75rem;overflow-wrap:anywhere}
.talk li.in{background:var(--mine);margin-inline-start:auto}
.talk p{margin:.1rem 0;white-space:pre-wrap}
.talk .meta{color:var(--soft);font-size:.875rem}
@media(max-width:60rem){
main{padding:1.25rem .9rem 3rem}h1{font-size:1.45rem}
dl{display:block}dt{font-size:.875rem}dt:not(:first-child){margin-top:.6rem}
table,tbody,tr,th,td,caption{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{padding:.6rem 0;border-bottom:1px solid var(--line)}
tbody tr:last-child{border-bottom:0;padding-bottom:0}
tbody th,tbody td{border:0;padding:.15rem 0}
tbody td[data-label]{display:grid;grid-template-columns:minmax(7rem,38%) 1fr;gap:.75rem;overflow-wrap:anywhere}
tbody td[data-label]::before{content:attr(data-label);color:var(--soft);font-size:.875rem}
}
@media(max-width:22rem){tbody td[data-label],tbody td[data-label]::before{display:block}}
@media print{
:root{color-scheme:light;--ink:#000;--soft:#333;--line:#999;--paper:#fff;--ground:#fff;--mine:#fff;--bad:#000}
main{max-width:none;padding:0}section,article{border:0;padding:0}body{font-size:10pt}
h2,h3{break-after:avoid}tr,dt,li{break-inside:avoid}thead{display:table-header-group}
}
`;
