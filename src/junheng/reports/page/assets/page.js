"use strict";
(() => {
const D = JSON.parse(document.getElementById("data").textContent);
const STAGE = {primary: "小学", junior: "初中", senior: "高中"};
const WORD = {pass: "● 达标", fail: "▲ 未达标", insufficient: "◇ 待定"};
const KIND = {pass: "pass", fail: "fail", insufficient: "wait"};
const $ = id => document.getElementById(id);

function el(tag, attrs, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs || {})) if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  node.append(...inside.flat(Infinity).filter(each => each !== null && each !== undefined && each !== ""));
  return node;
}
const fmt = (x, most = 4) => x === null || x === undefined ? "未报" : Number(x).toLocaleString("en-US", {maximumFractionDigits: most});
const fixed = (x, n) => x === null || x === undefined ? "未定" : Number(x).toLocaleString("en-US", {minimumFractionDigits: n, maximumFractionDigits: n});
const pct = (x, short = "差") => `${x < 0 ? short : "余量"} ${(Math.abs(x) * 100).toFixed(1)}%`;
const pair = (word, ...body) => [el("dt", {}, word), el("dd", {}, ...body)];
const formula = text => el("div", {class: "f"}, text);
const unverified = why => why ? el("span", {class: "unv", title: why}, "待核：" + why) : null;
const link = (hash, text) => el("a", {href: "#" + hash.split("/").map(encodeURIComponent).join("/")}, text);
const verdict = v => el("span", {class: "v " + KIND[v]}, WORD[v]);

function sheet(heads, rows) {
  return el("div", {class: "wrap"}, el("table", {}, el("thead", {}, el("tr", {}, heads.map(h => el("th", {scope: "col"}, h)))),
    el("tbody", {}, rows.map(row => el("tr", {}, row.map(cell => el("td", {class: /^[\d,.%—]+$/.test(cell) ? "n" : null}, cell)))))));
}
function cellRow(owner, column) {
  const [label, unit] = D.columns[column] || [column, ""], cell = owner.cells[column];
  if (!cell) return [label, "未报", ""];
  const place = cell.length > 1 ? `《${D.files[cell[1]]}》${D.sheets[cell[2]]} ${cell[3]}` : "无单元格记录";
  const raw = cell.length > 4 && cell[4] !== String(cell[0]) ? `（原文 ${cell[4]}）` : "";
  return [label, (typeof cell[0] === "number" ? fmt(cell[0], 6) : cell[0]) + " " + unit + raw, place];
}
const cellTable = (owner, columns) => sheet(["项目", "填报值", "位置"], columns.map(column => cellRow(owner, column)));

function weightOf(school, stage) {
  const parts = school.split, own = parts.find(p => p[0] === stage);
  if (!own || parts.length < 2) return {w: 1, text: ""};
  if (parts.some(p => p[2] === null)) return {w: null, text: "有学段的学生数未报，拆分比例未定"};
  const total = parts.reduce((sum, p) => sum + p[1] * p[2], 0);
  const text = `${own[1]}×${fmt(own[2])} ÷ (${parts.map(p => `${p[1]}×${fmt(p[2])}`).join(" + ")}) = ${fmt(own[1] * own[2] / total, 6)}`;
  return {w: own[1] * own[2] / total, text};
}
/* One term of a numerator: its words, its figures, the columns it read, whether it was split. */
function term(school, stage, [kind, base], w) {
  const label = name => (D.columns[name] || [name])[0], value = name => school.cells[name] ? school.cells[name][0] : null;
  if (kind === "c") return {words: label(base), figures: fmt(value(base), 6), columns: [base]};
  const lines = ["primary", "junior", "senior"].map(s => `${base}_${s}`);
  if (lines.some(name => value(name) !== null)) {
    const name = `${base}_${stage}`;
    return {words: label(name), figures: kind === "k" && value(name) === null ? "0" : fmt(value(name), 6), columns: [name]};
  }
  const whole = value(base);
  if (kind === "k" && whole === null) return {words: label(base) + "（未主张）", figures: "0", columns: [base]};
  const shared = w.text !== "";
  return {words: label(base) + (shared ? "×拆分比例" : ""), figures: fmt(whole, 6) + (shared ? `×${w.w === null ? "未定" : fmt(w.w, 6)}` : ""), columns: [base], split: shared};
}
function numerator(school, stage, resource, exception) {
  const w = weightOf(school, stage), out = {words: "", figures: "", columns: [], split: false, weight: w.text};
  const extra = exception && resource.extra[exception] ? ["+", ...resource.extra[exception][stage]] : [];
  for (const token of [...resource.formula[stage], ...extra]) {
    if (typeof token === "string") { out.words += token === "(" || token === ")" ? token : ` ${token} `; out.figures += token === "(" || token === ")" ? token : ` ${token} `; continue; }
    const part = term(school, stage, token, w);
    out.words += part.words; out.figures += part.figures; out.columns.push(...part.columns); out.split = out.split || Boolean(part.split);
  }
  return out;
}
function showSchool(key, stage, code) {
  const school = D.schools[key], index = D.resources.findIndex(r => r.code === code), at = school && school.stages[stage];
  if (!at || index < 0) return null;
  const resource = D.resources[index], [value, met, near, margin, gap, exception, converted, lo, hi] = at.i[index];
  const made = numerator(school, stage, resource, exception), limit = resource.limits[stage], times = resource.scale === 1 ? "" : ` × ${resource.scale}`;
  const word = met === null ? "insufficient" : met ? "pass" : "fail";
  const bounds = value === null ? `未定（${lo ? "至少 " + fixed(lo, 2) : "不小于 0"}${hi === null || hi === undefined ? "" : "，至多 " + fixed(hi, 2)}）` : `${fixed(value, 2)} ${resource.unit}（未舍入 ${value}）`;
  return [`${school.name} · ${STAGE[stage]} · ${code} ${resource.title}`, el("dl", {},
    pair("结论", verdict(word), near ? "，达到限值的 85%" : "", margin === null ? "" : `　${pct(margin)}`, gap ? `　${gap}` : ""),
    pair("数值", bounds),
    pair("算式", formula(`（${made.words}）÷ ${STAGE[stage]}学生数${times}`), formula(`（${made.figures}）÷ ${fmt(at.n)}${times} = ${value === null ? "未定" : fixed(value, 4)}`)),
    made.split ? pair(converted ? "拆分比例（学段折算：填报表未分学段）" : "拆分比例（一贯制学校、完全中学）", formula(made.weight), el("div", {class: "soft"}, D.splitClause)) : [],
    exception && D.exceptions[exception] ? pair("特殊口径", D.exceptions[exception][0], el("div", {class: "soft"}, D.exceptions[exception][1]), unverified(D.exceptions[exception][2])) : [],
    pair("限值", limit ? `≥ ${limit[0]}　${limit[1]} ` : "没有限值", limit ? unverified(limit[2]) : null),
    pair("条款", resource.clause)), el("h3", {}, "填报单元格"), cellTable(school, [...made.columns, `students_${stage}`, ...(made.split ? school.split.map(p => `students_${p[0]}`).filter(c => c !== `students_${stage}`) : [])]),
    el("p", {}, el("br"), link(`cv/${stage}/${code}`, `${STAGE[stage]} ${code} 的校际差异`)),
    el("p", {}, "本校其他指标：", D.resources.map((r, i) => [link(`school/${key}/${stage}/${r.code}`, r.code), at.i[i][1] === false ? " ▲　" : at.i[i][1] === null ? " ◇　" : "　"]))];
}
function showBalance(stage, code) {
  const b = D.balance[stage] && D.balance[stage][code], index = D.resources.findIndex(r => r.code === code);
  if (!b) return null;
  const rows = Object.entries(D.schools).filter(([, s]) => s.stages[stage]).map(([key, s]) => ({key, name: s.name, n: s.stages[stage].n, x: s.stages[stage].i[index][0]}));
  const total = rows.reduce((sum, r) => sum + (r.n || 0), 0), mean = b.mean;
  for (const r of rows) r.share = mean === null || r.x === null ? null : r.n / total * (r.x - mean) ** 2 / (b.sd ** 2 || 1);
  rows.sort((a, z) => (a.x === null ? -1 : z.x === null ? 1 : (z.share || 0) - (a.share || 0)));
  const missing = rows.filter(r => r.x === null).length;
  const known = b.mean === null ? `${missing || "有"} 所学校缺数，均值、标准差和差异系数都不计算。已报学校的差异系数为 ${fixed(b.known, 3)}，仅供参考，不作判定。` : null;
  return [`${STAGE[stage]} · ${code} ${D.resources[index].title} · 校际差异系数`, el("dl", {},
    pair("结论", verdict(b.v), b.margin === null ? "" : `　${pct(b.margin, "超出")}`, b.note ? `　${b.note}` : ""),
    pair("算式", known ? formula(known) : [formula(`均值 = Σx ÷ Σp = ${fixed(mean, 4)}（共 ${b.n} 所、${fmt(total)} 人）`), formula(`标准差 = √Σ(p÷P)(X−均值)² = ${fixed(b.sd, 4)}`), formula(`差异系数 = 标准差 ÷ 均值 = ${fixed(b.sd, 4)} ÷ ${fixed(mean, 4)} = ${fixed(b.cv, 6)}`)],
      known && (b.lo !== null || b.hi !== null) ? el("div", {class: "soft"}, `缺数取遍可能的值时，差异系数在 ${fixed(b.lo, 3)} 与 ${b.hi === null ? "无上限" : fixed(b.hi, 3)} 之间。`) : null),
    pair("限值", `≤ ${b.limit[0]}　${b.limit[1]} `, unverified(b.limit[2]))),
    b.influence.length ? [el("h3", {}, "哪所学校影响最大"), sheet(["学校", "补齐到限值后", "不计该校时"], b.influence.map(([key, name, to, without, flipsTo, flipsOut]) =>
      [link(`school/${key}/${stage}/${code}`, name), to === null ? "—" : fixed(to, 3) + (flipsTo ? "（转为达标）" : ""), without === null ? "—" : fixed(without, 3) + (flipsOut ? "（转为达标）" : "")]))] : null,
    el("h3", {}, "各校（按对差异的影响排列）"), sheet(["学校", "学生数", "指标值", "占差异的份额"], rows.map(r => [link(`school/${r.key}/${stage}/${code}`, r.name), fmt(r.n), r.x === null ? "未报" : fixed(r.x, 2), r.share === null ? "—" : (r.share * 100).toFixed(1) + "%"]))];
}
function schoolLine(key, columns) {
  const school = D.schools[key];
  if (!school) return el("p", {}, key);
  const given = columns.filter(c => school.cells[c] || !/_(primary|junior|senior)$/.test(c));
  return el("details", {}, el("summary", {}, school.name), cellTable(school, given));
}
function showDemand(d) {
  const columns = [...new Set(d.columns.flat())], county = d.grain === "county";
  const parts = [el("h3", {}, d.title), el("dl", {},
    pair("结论", verdict(d.v), `　${d.value}　要求 ${d.limit}`, d.gap ? `　${d.gap}` : ""),
    d.num !== null && d.den !== null ? pair("算式", formula(`${fmt(d.num)} ÷ ${fmt(d.den)} = ${d.den ? fmt(d.num / d.den, 6) : "未定"}`)) : [],
    d.clause ? pair("限值", `${d.clause[0]}　${d.clause[1]} `, unverified(d.clause[2])) : [])];
  if (county) return [...parts, D.county.cells && columns.length ? cellTable({cells: D.county.cells || {}}, columns) : null];
  for (const [word, keys] of [["未达标的学校", d.failing], ["待定的学校", d.undecided]]) if (keys.length) parts.push(el("p", {class: "soft"}, `${word} ${keys.length} 所`), ...keys.map(key => schoolLine(key, columns)));
  for (const [id, keys] of Object.entries(d.byException)) if (keys.length) parts.push(el("p", {class: "soft"}, `依例外达标 ${keys.length} 所：${(D.exceptions[id] || [id])[0]}`, D.exceptions[id] ? unverified(D.exceptions[id][2]) : null), ...keys.map(key => schoolLine(key, columns)));
  const all = Object.keys(D.schools);
  if (!d.failing.length && !d.undecided.length && all.length) {
    const box = el("details", {}, el("summary", {}, "各校填报值"));
    box.addEventListener("toggle", () => { if (box.open && box.children.length === 1) box.append(...all.map(key => schoolLine(key, columns))); });
    parts.push(box);
  }
  return parts;
}
function showCriterion(id) {
  const c = D.criteria[id];
  if (!c) return null;
  return [c.title, el("dl", {}, pair("结论", verdict(c.v)), pair("条款原文", c.text), pair("条款", c.clause, c.unverified.map(unverified))), c.demands.map(showDemand),
    c.evidence ? [el("h3", {}, "佐证与评定"), el("p", {}, verdict(c.evidence[1]), "　", c.judged.length ? c.judged.filter(Boolean).join("，") : "尚未评定。需要：" + c.evidence[0].join("；"))] : null];
}
const drawer = $("drawer"), body = $("drawer-body");
let opener = null;
function close() {
  if (drawer.hidden) return;
  drawer.hidden = true;
  history.replaceState(null, "", location.pathname + location.search);
  if (opener && opener.isConnected) opener.focus({preventScroll: true});
}
function route() {
  let parts;
  try { parts = decodeURIComponent(location.hash.slice(1)).split("/"); } catch { return; }
  const last = parts[parts.length - 1];
  const shown = parts[0] === "cv" && parts.length === 3 ? showBalance(parts[1], last) : parts[0] === "criterion" ? showCriterion(parts[1])
    : parts[0] === "school" && parts.length > 3 ? showSchool(parts.slice(1, -2).join("/"), parts[parts.length - 2], last) : null;
  if (!shown) { drawer.hidden = true; return; }
  if (drawer.hidden) opener = document.activeElement;
  $("drawer-title").textContent = shown[0];
  body.replaceChildren(...shown.slice(1).flat(3).filter(Boolean));
  drawer.hidden = false; drawer.scrollTop = 0; drawer.focus({preventScroll: true});
}
drawer.querySelector(".close").addEventListener("click", close);
document.addEventListener("keydown", event => { if (event.key === "Escape") close(); });
addEventListener("hashchange", route);
route();

/* Sorting and filtering of the matrix. */
let column = null;
function arrange() {
  const stage = $("f-stage").value, code = $("f-code").value, name = $("f-name").value.trim(), sort = $("f-sort").value;
  let seen = 0;
  for (const box of document.querySelectorAll("[data-stage]")) {
    const id = box.dataset.stage, body = box.querySelector("tbody"), rows = [...body.querySelectorAll("tr[data-k]")];
    box.hidden = Boolean(stage) && stage !== id;
    const figure = row => D.schools[row.dataset.k].stages[id].i;
    const rank = row => column !== null ? (figure(row)[column][3] === null ? -9 : figure(row)[column][3]) : Number(row.dataset.w);
    rows.sort((a, z) => sort === "code" && column === null ? (a.dataset.k < z.dataset.k ? -1 : 1) : rank(a) - rank(z));
    for (const row of rows) {
      row.hidden = (code !== "" && figure(row)[code][1] === true) || (name !== "" && !row.cells[0].textContent.includes(name));
      if (!row.hidden && !box.hidden) seen += 1;
      body.append(row);
    }
  }
  $("none").hidden = seen > 0;
}
for (const id of ["f-stage", "f-code", "f-sort"]) $(id).addEventListener("change", () => { column = null; arrange(); });
$("f-name").addEventListener("input", arrange);
for (const button of document.querySelectorAll("[data-sort]")) button.addEventListener("click", () => { column = Number(button.dataset.sort); arrange(); });
if (document.querySelector("[data-stage]")) arrange();
})();
