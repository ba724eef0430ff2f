"use strict";
// The review page: a list of changes, an answer to each by mouse, finger or keyboard. Every text is put in as text, never as
// markup. Answers go to the server that serves the page, where there is one, else into the browser's memory and a file to save.

const data = JSON.parse(document.getElementById("data").textContent);
const PAGE = 100; // changes put on the page at a time
const $ = (id) => document.getElementById(id);
const list = $("changes");
const key = "normalize-review " + data.log;
const answers = new Map(); // by the number of a change
let shown = []; // numbers of the changes that fit the search, in order
let built = 0; // how many of them stand on the page

function made(tag, text, name) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (name) element.className = name;
  return element;
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(key)) || {};
  } catch {
    return {}; // a browser that keeps nothing for files
  }
}

function remember() {
  if (data.url) return; // the server keeps them
  const kept = {};
  for (const [number, answer] of answers) if (answer.fresh) kept[JSON.stringify(changeOf(number))] = answer;
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    return;
  }
}

const changeOf = (number) => ["rule", "before", "after"].map((name) => data.changes[number][name]);

function line(number) {
  const change = data.changes[number], answer = answers.get(number);
  const found = {
    kind: "review", answer: answer.answer, rule: change.rule, before: change.before, after: change.after,
    count: change.count, confidence: change.confidence, who: $("who").value, when: answer.when,
    normalize: data.normalize, dictionaries: data.dictionaries,
  };
  if (answer.meant) found.meant = answer.meant;
  return JSON.stringify(found);
}

async function send(number) {
  if (!data.url) return;
  const answer = answers.get(number);
  try {
    const reply = await fetch(data.url, { method: "POST", headers: { "Content-Type": "application/json" }, body: line(number) });
    if (!reply.ok) throw new Error(await reply.text());
    answer.saved = true;
  } catch (error) {
    answer.saved = false;
    $("failure").textContent = "An answer could not be saved: " + error.message;
  }
  tell();
}

function give(number, name, meant) {
  const before = answers.get(number);
  if (before && before.answer === name && before.meant === (meant || "")) return;
  answers.set(number, { answer: name, meant: meant || "", when: new Date().toISOString(), fresh: true, saved: false });
  draw(number);
  remember();
  send(number);
  tell();
}

function take(number) {
  const answer = answers.get(number);
  if (!answer || data.url) return; // what a server has written stays: another answer replaces it
  answers.delete(number);
  draw(number);
  remember();
  tell();
}

function tell() {
  const done = answers.size, fresh = [...answers.values()].filter((answer) => answer.fresh && !answer.saved).length;
  const where = data.url ? (fresh ? `${fresh} not saved yet` : "all saved") : `${fresh} to save`;
  $("state").textContent = `${done} of ${data.changes.length} answered, ${where}; ${shown.length} listed`;
}

function item(number) {
  const change = data.changes[number];
  const element = made("li", undefined, "change");
  element.id = "change-" + number;
  element.tabIndex = -1;
  const head = made("h3");
  const what = made("span");
  what.append(made("del", change.shown[0]), " → ", made("ins", change.shown[1]));
  head.append(what, made("span", `${change.count.toLocaleString("en")} ×, confidence ${change.confidence}`, "note"));
  head.append(made("span", change.rule_shown, "note"));
  element.append(head);
  for (const place of change.places) {
    const context = made("p");
    context.append("…" + place.left, made("del", change.shown[0]), made("ins", change.shown[1]), place.right + "… ");
    context.append(made("span", [place.outlet, place.where].filter(Boolean).join(", "), "note"));
    element.append(context);
  }
  const row = made("div", undefined, "answers");
  for (const [name, text, letter] of [["right", "right", "r"], ["wrong", "wrong", "w"], ["keep", "keep this word", "k"]]) {
    if (name === "keep" && !change.word) continue;
    const button = made("button", text + " ", name);
    button.type = "button";
    button.tabIndex = -1;
    button.append(made("kbd", letter));
    button.addEventListener("click", () => { select(number); give(number, name); });
    row.append(button);
  }
  const label = made("label", "should be ", "meant");
  const meant = made("input");
  meant.tabIndex = -1;
  meant.maxLength = 200;
  meant.addEventListener("change", () => give(number, "wrong", meant.value.trim()));
  meant.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") { meant.blur(); element.focus(); }
  });
  label.append(meant);
  row.append(label);
  element.append(row);
  element.addEventListener("focus", () => { current = number; });
  return element;
}

function draw(number) {
  const element = $("change-" + number), answer = answers.get(number);
  if (!element) return;
  for (const button of element.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(Boolean(answer) && button.classList.contains(answer.answer)));
  }
  element.querySelector(".meant").hidden = !answer || answer.answer !== "wrong";
  element.querySelector(".meant input").value = answer ? answer.meant : "";
}

function build(upTo) {
  for (; built < Math.min(upTo, shown.length); built++) {
    list.append(item(shown[built]));
    draw(shown[built]);
  }
  $("more").hidden = built >= shown.length;
}

function search() {
  const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const rule = $("rule").value, open = $("open").checked;
  shown = data.changes.map((_, number) => number).filter((number) => {
    const change = data.changes[number];
    if (rule && change.rule_shown !== rule) return false;
    if (open && answers.has(number)) return false;
    return words.every((word) => change.sought.includes(word));
  });
  list.replaceChildren();
  built = 0;
  build(PAGE);
  current = shown.includes(current) ? current : shown[0];
  tell();
}

let current;

function select(number) {
  const place = shown.indexOf(number);
  if (place < 0) return;
  build(place + 1 + 5);
  current = number;
  const element = $("change-" + number);
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const place = shown.indexOf(current);
  const next = shown[Math.max(0, Math.min(shown.length - 1, place + by))];
  if (next !== undefined) select(next);
}

function save() {
  const lines = [...answers].filter(([, answer]) => answer.fresh).map(([number]) => line(number) + "\n");
  const link = made("a");
  link.href = URL.createObjectURL(new Blob(lines, { type: "application/x-ndjson" }));
  link.download = "review.jsonl";
  link.click();
  URL.revokeObjectURL(link.href);
}

const answered = (name) => () => {
  if (current === undefined || (name === "keep" && !data.changes[current].word)) return;
  give(current, name);
  if (name === "wrong") select(current);
  else step(1);
};
const KEYS = {
  j: () => step(1), ArrowDown: () => step(1), k: answered("keep"), ArrowUp: () => step(-1), i: () => step(-1),
  r: answered("right"), w: answered("wrong"), u: () => current !== undefined && take(current),
  m: () => { const element = $("change-" + current); if (element) { give(current, "wrong"); element.querySelector(".meant input").focus(); } },
  s: () => data.url || save(), "/": () => $("search").focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, select")) {
    if (event.key === "Escape" || (event.key === "Enter" && event.target.id === "search")) { event.target.blur(); select(current); }
    return;
  }
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

for (const name of new Set(data.changes.map((change) => change.rule_shown))) $("rule").append(made("option", name));
$("who").value = data.who;
const kept = remembered();
data.changes.forEach((change, number) => {
  const answer = kept[JSON.stringify(changeOf(number))] || change.answer;
  if (answer) answers.set(number, answer);
});
$("search").addEventListener("input", search);
$("rule").addEventListener("change", search);
$("open").addEventListener("change", search);
$("more").addEventListener("click", () => build(built + PAGE));
$("save").addEventListener("click", save);
$("save").hidden = Boolean(data.url);
window.addEventListener("beforeunload", (event) => {
  if ([...answers.values()].some((answer) => answer.fresh && !answer.saved) && data.url) event.preventDefault();
});
search();
if (current !== undefined) select(current);
