// Keys for those who want them; without this file every act is a button.
"use strict";
(() => {
  const cards = () => [...document.querySelectorAll("[data-card]")];
  let at = -1;
  const choose = (n) => {
    const all = cards();
    if (!all.length) return;
    at = Math.max(0, Math.min(n, all.length - 1));
    all.forEach((c, i) => c.classList.toggle("chosen", i === at));
    all[at].focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  };
  const press = (scope, key) => {
    const b = [...scope.querySelectorAll('[data-key="' + CSS.escape(key) + '"]')].find((e) => !e.closest("details:not([open])"));
    if (b) b.click();
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
    let used = true;
    if (e.key === "?") location.href = "/touches";
    else if (e.key === "/") document.querySelector("#find")?.focus();
    else if (list.length && e.key === "j") choose(at + 1);
    else if (list.length && e.key === "k") choose(at - 1);
    else if (e.key === "u") used = press(document, "u");
    else if (!scope) used = false;
    else if (e.key === "o" || (e.key === "Enter" && e.target === scope)) scope.querySelector("[data-open]")?.click();
    else if (e.key === "x") scope.querySelector("[data-check]")?.click();
    else if (e.key === "r") {
      const d = scope.querySelector("[data-reject]");
      if (d) { d.open = !d.open; if (d.open) d.querySelector("button")?.focus(); }
    } else if (/^[a-z1-9]$/.test(e.key)) used = press(scope, e.key);
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
  // After a decision the card that took its place is chosen; after one was taken back, the card that came back.
  const told = document.querySelector(".done");
  if (told && cards().length) {
    const back = cards().findIndex((c) => c.id === told.dataset.back);
    choose(back >= 0 ? back : Number(sessionStorage.getItem("card") || 0));
  }
})();
