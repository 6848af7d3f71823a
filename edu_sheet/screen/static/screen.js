// What a page needs beyond links and forms: it says that it is open, waits for long work,
// takes what is dropped on it, copies lists, and looks again when a person comes back to it.
"use strict";
const root = document.documentElement, body = document.body;
root.classList.add("js");
const token = document.querySelector('meta[name="token"]').content;
const page = Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

function say(where) {
  const form = new URLSearchParams({ token, page });
  navigator.sendBeacon(where, form);
}

// It is asked every few seconds whether the program is there: a page of one that has ended says
// so itself, and keeps what was typed, where the browser would show an error of its own.
let gone = null;
async function ask() {
  try {
    await fetch("/static/icon.svg", { method: "HEAD", cache: "no-store" });
    gone?.remove();
    gone = null;
  } catch {
    if (leaving || gone || "job" in body.dataset) return;  // the page of a job says it itself
    gone = Object.assign(document.createElement("p"), {
      className: "note gone",
      textContent: "连不上程序：可能已经退出。请从“督办填报”重新打开；已登记的都在，这一页上还没有保存的请先记下来。",
    });
    gone.setAttribute("role", "alert");
    document.getElementById("main").prepend(gone);
  }
}
async function knock() {
  await ask();
  setTimeout(knock, gone ? 2000 : 5000);
}
for (const name of ["click", "submit"]) {
  document.addEventListener(name, (event) => {
    if (!gone || (name === "click" && !event.target.closest?.("a[href]:not([href^='#'])"))) return;
    event.preventDefault();
    event.stopPropagation();
    gone.scrollIntoView({ block: "center" });
  }, true);
}
if (!("ended" in body.dataset)) {
  say("/alive");
  setInterval(() => say("/alive"), 20000);
  knock();
  addEventListener("focus", ask);
  addEventListener("pagehide", () => say("/bye"));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

// Another window may have opened another workspace: that is said before anything is done here.
const here = document.querySelector("[data-workspace]")?.dataset.workspace;
if (here) {
  const before = sessionStorage.getItem("workspace");
  sessionStorage.setItem("workspace", here);
  if (before && before !== here) {
    document.getElementById("before").textContent = before;
    document.getElementById("elsewhere").showModal();
  }
}

// A page looks again by itself only where that takes nothing from her: nothing that she typed,
// chose or was told of her files, no file on its way, no key or button that is down, no page that
// is coming. The answer to a form would be had by sending the form once more: never.
let unsaved = false, busy = false, held = false, leaving = false;
addEventListener("input", () => { unsaved = true; });
for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => { held = true; }, true);
for (const name of ["pointerup", "pointercancel", "keyup"]) addEventListener(name, () => { held = false; }, true);
addEventListener("blur", () => { held = false; });
addEventListener("beforeunload", () => { leaving = true; });

function lookAgain(otherwise = () => {}) {
  if (leaving) return;
  const field = document.activeElement?.matches("input, select, textarea");
  if (unsaved || busy || field || "answer" in body.dataset || document.querySelector("dialog[open]")) otherwise();
  else if (held) setTimeout(() => lookAgain(otherwise), 100);
  else location.reload();
}

// A form is sent once, however often it is clicked.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "dialog") leaving = true;
  if (event.target.method !== "post") return;
  if ("switch" in event.target.dataset) sessionStorage.removeItem("workspace");
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});

// 期次: a click goes there at once; by arrow keys each one passed is chosen, and Enter goes.
let keyed = false;
addEventListener("pointerdown", () => { keyed = false; }, true);
addEventListener("keydown", (event) => {
  const list = event.target.closest?.("select[data-go]");
  keyed = Boolean(list);
  if (event.key !== "Enter" || !list?.form.classList.contains("chosen")) return;
  event.preventDefault();
  list.form.submit();
}, true);
document.addEventListener("change", (event) => {
  if (!event.target.matches("select[data-go]")) return;
  if (keyed) event.target.form.classList.add("chosen"); else event.target.form.submit();
});

// One that was chosen before this script was there.
for (const shown of document.querySelectorAll("select[data-go] [selected]")) {
  if (!shown.selected) shown.closest("form").submit();
}

// Copying: the text of the element that a button names.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  const said = button.textContent;
  button.textContent = "已复制";
  setTimeout(() => { button.textContent = said; }, 2000);
});

// Alt+1…4 for the steps, whatever the browser makes of access keys.
addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const step = document.querySelector(`a[data-step="${event.key}"]`);
  if (step) { event.preventDefault(); step.click(); }
});

// What another window did meanwhile is seen when a person comes back.
let seen = null;
async function changed() {
  try {
    const answer = await fetch(`/stamp/${body.dataset.watch}`, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.text() : seen;
  } catch { return seen; }
}
if (body.dataset.watch) {
  changed().then((now) => { seen = now; });
  addEventListener("focus", async () => {
    const now = await changed();
    if (seen !== null && now !== seen) lookAgain();
  });
}

// Long work that another page shows: how far it is, and a look at what it came to.
const running = document.querySelector("[data-running]");
if (running) {
  const follow = async () => {
    let now;
    try {
      now = await (await fetch(`/job/${running.dataset.running}/progress`)).json();
    } catch { setTimeout(follow, 3000); return; }
    if (now.running) {
      running.firstElementChild.textContent = now.label;
      setTimeout(follow, 1000);
    } else lookAgain(() => {
      running.firstElementChild.textContent = `${now.what}已经做完`;
      running.lastElementChild.textContent = "看结果";
    });
  };
  setTimeout(follow, 1000);
}

// Long work.
if (body.dataset.job) {
  const bar = document.getElementById("progress"), told = document.getElementById("told");
  const head = document.querySelector("h1"), doing = head.textContent;
  // What does not hold of a program that is gone.
  const untrue = [bar, document.getElementById("leave")];
  const tellDone = (now) => {
    for (const one of untrue) one.hidden = true;
    head.textContent = `${now.what}已经做完`;
    told.replaceChildren(Object.assign(document.createElement("a"), { href: location.pathname, textContent: "看结果" }));
  };
  const look = async () => {
    let now;
    try {
      now = await (await fetch(`/job/${body.dataset.job}/progress`)).json();
    } catch {
      for (const one of untrue) one.hidden = true;
      head.textContent = "连不上程序";
      told.textContent = "可能已经退出：请从“督办填报”重新打开。已登记的都在。";
      setTimeout(look, 3000);
      return;
    }
    for (const one of untrue) one.hidden = false;
    head.textContent = doing;
    if (!now.running) { lookAgain(() => tellDone(now)); return; }
    if (now.every) { bar.max = now.every; bar.value = now.done; }
    told.textContent = `${now.every ? `${now.done}/${now.every}，` : ""}${now.seconds}秒`;
    setTimeout(look, 500);
  };
  setTimeout(look, 300);
}

// Files and folders, dropped anywhere or chosen, one after the other; then they are collected.
const LITTER = /^(~\$|\.~|\._)|^(\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

async function within(entry) {
  if (entry.isFile) return [await new Promise((ok, no) => entry.file(ok, no))];
  const reader = entry.createReader(), found = [];
  for (;;) {
    const some = await new Promise((ok, no) => reader.readEntries(ok, no));
    if (!some.length) break;
    for (const one of some) found.push(...await within(one));
  }
  return found;
}

// What cannot be seen in a name, or turns the order of what can, is shown by its number.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const visible = (name) => name.replace(UNSEEN, (sign) => `〔U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}〕`);

function line(list, file, said, failed) {
  const item = document.createElement("li");
  item.textContent = `${visible(file)}：${said}`;
  if (failed) item.className = "failed";
  list.append(item);
  return item.textContent;
}

async function send(files, failed = []) {
  const list = document.getElementById("sent"), litter = [];
  let put = 0;
  busy = true;
  for (const file of files) {
    if (LITTER.test(file.name)) { litter.push(visible(file.name)); line(list, file.name, "是临时文件，不用传"); continue; }
    let said = "";
    try {
      const answer = await fetch(`${body.dataset.drop}?name=${encodeURIComponent(file.name)}`, {
        method: "POST", body: file,
        headers: { "X-Token": token, "Content-Type": "application/octet-stream", Accept: "application/json" },
      });
      if (!answer.ok) said = answer.status === 413 ? "文件太大，请直接放进“收件箱”文件夹" : await answer.text();
    } catch { said = "连不上程序，或文件读不出来"; }
    if (said) { failed.push(line(list, file.name, `没有传成：${said}`, true)); } else { put += 1; line(list, file.name, body.dataset.put ?? "已放进收件箱"); }
  }
  busy = false;
  const form = document.getElementById("collect");
  if (!form || !put) { unsaved = true; return; }  // what was said of each file is nowhere else
  // What could not be sent stops nothing of the rest: it is told beside what was collected.
  const told = [...failed.map((said) => ["failed", said]), ...litter.map((said) => ["litter", said])];
  for (const [name, said] of form.method === "post" ? told.slice(0, 100) : []) {
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", name, said.slice(0, 300)];
    form.append(field);
  }
  form.requestSubmit();
}

if (body.dataset.drop) {
  addEventListener("dragover", (event) => { event.preventDefault(); body.classList.add("dropping"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) body.classList.remove("dropping"); });
  addEventListener("drop", async (event) => {
    event.preventDefault();
    body.classList.remove("dropping");
    if (document.querySelector("dialog[open]")) return;  // first it is read whose page this is now
    busy = true;
    const items = [...event.dataTransfer.items].filter((one) => one.kind === "file");
    const entries = items.map((one) => one.webkitGetAsEntry?.() ?? one.getAsFile()).filter(Boolean);
    const files = [], failed = [];
    for (const one of entries) {
      try { files.push(...(one instanceof File ? [one] : await within(one))); } catch { failed.push(line(document.getElementById("sent"), one.name, "没有传成：读不出来", true)); }
    }
    send(files, failed);
  });
  for (const button of document.querySelectorAll("button[data-choose]")) {
    const input = document.getElementById(button.dataset.choose);
    button.addEventListener("click", () => { unsaved = true; input.click(); });
    input.addEventListener("change", () => { send([...input.files]); input.value = ""; });
  }
} else {
  // Elsewhere a file that slips from the hand must not take the page away, nor vanish unsaid.
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    if (![...event.dataTransfer.items].some((one) => one.kind === "file")) return;
    const step = document.querySelector('a[data-step="2"]');
    const told = document.getElementById("not-here") ?? Object.assign(document.createElement("p"), { className: "note gone", id: "not-here" });
    told.setAttribute("role", "alert");
    told.textContent = step ? "这一页不收文件，没有收下。退回的文件请拖到" : "这一页不收文件，没有收下。请先打开工作区，再拖到“② 收表”。";
    if (step) told.append(Object.assign(document.createElement("a"), { href: step.href, textContent: "② 收表" }), "。");
    document.getElementById("main").prepend(told);
    told.scrollIntoView({ block: "nearest" });
  });
}
