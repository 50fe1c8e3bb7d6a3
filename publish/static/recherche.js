"use strict";
// Looks for words in the pairs that the page itself holds: nothing is asked of a server.
(function () {
  const box = document.getElementById("recherche"), words = document.getElementById("mots"), found = document.getElementById("trouve");
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/œ/gi, "oe").replace(/[’']/g, " ").toLowerCase();
  const pairs = Array.from(document.querySelectorAll("#paires > li"), (item) => ({ item, text: fold(item.textContent) }));
  box.hidden = false;
  words.addEventListener("input", () => {
    const wanted = fold(words.value).split(/\s+/).filter(Boolean);
    let n = 0;
    for (const pair of pairs) {
      const shown = wanted.every((word) => pair.text.includes(word));
      pair.item.hidden = !shown;
      if (shown) n++;
    }
    found.textContent = wanted.length ? (n === 0 ? "aucune paire" : n === 1 ? "1 paire" : n + " paires") : "";
  });
})();
