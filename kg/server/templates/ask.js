"use strict";
// Makes forms quicker; each works without it. What comes from the service goes in as text.
(function () {
  const names = document.getElementById("names");
  let turn = 0;

  async function complete(field) {
    const text = field.value.split(",").pop().trim();
    turn += 1;
    const mine = turn;
    if (!text) return;
    await new Promise((done) => { setTimeout(done, 120); });
    if (mine !== turn) return;
    const answer = await fetch(names.dataset.api + "/search?" + new URLSearchParams({ q: text, limit: "10" })).catch(() => null);
    if (!answer || !answer.ok || mine !== turn) return;
    const found = await answer.json();
    names.replaceChildren(...found.results.map((row) => {
      const option = document.createElement("option");
      option.value = row.key;
      option.label = row.label;
      return option;
    }));
  }

  for (const field of document.querySelectorAll("[data-complete]")) field.addEventListener("input", () => complete(field));

  const editor = document.getElementById("text");
  if (!editor) return;
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      editor.form.requestSubmit();
    }
  });
  const error = document.getElementById("error");
  const place = error && /line (\d+)/.exec(error.textContent);
  if (!place) return;
  const lines = editor.value.split("\n");
  const number = Math.min(Number(place[1]), lines.length);
  const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  editor.focus();
  editor.setSelectionRange(start, start + lines[number - 1].length);
})();
