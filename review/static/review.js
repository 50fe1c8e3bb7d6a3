// Keys for those who want them; without this file every act is a button.
"use strict";
(() => {
  const cards = () => [...document.querySelectorAll("[data-card]")];
  let at = -1;
  // The card that was chosen on a page is chosen again when it is come back to.
  const place = "at " + location.pathname + location.search.replace(/([?&])done=[^&]*/g, "");
  const choose = (n) => {
    const all = cards();
    if (!all.length) return;
    if (n >= all.length && at === all.length - 1) {
      const next = document.querySelector('a[rel="next"]');
      if (next) return next.click();
    }
    at = Math.max(0, Math.min(n, all.length - 1));
    all.forEach((c, i) => c.classList.toggle("chosen", i === at));
    all[at].focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
    sessionStorage.setItem(place, all[at].id);
  };
  // What a key had to say when it did nothing; read out too.
  const say = (what) => {
    const p = document.querySelector("#said");
    if (p) p.textContent = p.dataset[what] || "";
  };
  // With pairs ticked, a decision is for all of them.
  const together = (act) => {
    const form = document.querySelector("form#lot"), ticked = document.querySelectorAll("[data-check]:checked").length;
    const choice = form?.querySelector("select[name=act]");
    if (!ticked || !choice || ![...choice.options].some((o) => o.value === act)) return false;
    choice.value = act;
    form.requestSubmit();
    return true;
  };
  const press = (scope, key) => {
    const b = [...scope.querySelectorAll('[data-key="' + CSS.escape(key) + '"]')].find((e) => !e.closest("details:not([open])"));
    if (b && !(b.name === "act" && together(b.value))) b.click();
    return Boolean(b);
  };
  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.repeat) return;
    if (e.key === "Escape") document.querySelectorAll("details.reject[open]").forEach((d) => (d.open = false));
    if (e.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) {
      if (e.key === "Escape") e.target.blur();
      return;
    }
    // Between a decision and the page that answers it, a key would act on what is about to go.
    if (document.body.dataset.sent) return e.preventDefault();
    const list = cards();
    const scope = list.length ? list[at] : document;
    // On a French keyboard digits take the shift key: the place of the key counts. Caps lock changes nothing.
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(e.code || "");
    const key = digit ? digit[1] : e.key.length === 1 ? e.key.toLowerCase() : e.key;
    let used = true;
    say("");
    if (e.key === "?") location.href = "/touches";
    else if (key === "/") document.querySelector("#find")?.focus();
    else if (list.length && key === "j") choose(at + 1);
    else if (list.length && key === "k") choose(at - 1);
    else if (key === "u") { if (!press(document, "u")) say("undo"); }
    else if (!scope) { used = /^[a-z]$/.test(key) && list.length > 0; if (used) say("choose"); }
    else if (key === "o" || (e.key === "Enter" && e.target === scope)) scope.querySelector("[data-open]")?.click();
    else if (key === "x") scope.querySelector("[data-check]")?.click();
    else if (key === "r") {
      const d = scope.querySelector("[data-reject]");
      if (d) { d.open = !d.open; if (d.open) d.querySelector("button")?.focus(); }
    } else if (/^[a-z1-9]$/.test(key)) used = press(scope, key);
    else used = false;
    if (used) e.preventDefault();
  });
  // A form is sent once: a second press of the same key must decide nothing twice.
  addEventListener("submit", (e) => {
    if (e.defaultPrevented || e.target.method !== "post") return;
    if (e.target.dataset.sent) e.preventDefault();
    e.target.dataset.sent = "1";
    document.body.dataset.sent = "1";
    const card = e.target.closest("[data-card]");
    if (card) sessionStorage.setItem("card", cards().indexOf(card));
  });
  addEventListener("pageshow", () => delete document.body.dataset.sent);
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));
  // « Décider ensemble » with nothing ticked says so, and sends nothing.
  document.querySelector("form#lot")?.addEventListener("submit", (e) => {
    if (document.querySelector("[data-check]") && !document.querySelector("[data-check]:checked")) {
      e.preventDefault();
      say("none");
    }
  }, true);
  const before = cards().findIndex((c) => c.id === sessionStorage.getItem(place));
  if (before >= 0 && !document.querySelector(".done")) at = before;
  // After a decision the card that took its place is chosen; after one was taken back, the card that came back.
  const told = document.querySelector(".done");
  if (told && cards().length) {
    const back = cards().findIndex((c) => c.id === told.dataset.back);
    choose(back >= 0 ? back : Number(sessionStorage.getItem("card") || 0));
  }
})();
