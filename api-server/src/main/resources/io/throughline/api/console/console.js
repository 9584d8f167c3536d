// Keys, and a word when the page can't be kept up to date. Everything works without it.
(() => {
  "use strict";

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  const rows = () => [...document.querySelectorAll("a[data-row]")];

  const move = (step) => {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    const next = at === -1 ? (step > 0 ? 0 : all.length - 1) : at + step;
    if (all[next]) {
      all[next].focus();
    }
  };

  let going = false;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    if (going) {
      going = false;
      const section = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (section) {
        event.preventDefault();
        section.click();
      }
      return;
    }
    switch (event.key) {
      case "/":
        event.preventDefault();
        document.getElementById("q")?.focus();
        break;
      case "j":
        move(1);
        break;
      case "k":
        move(-1);
        break;
      case "g":
        going = true;
        setTimeout(() => { going = false; }, 1500);
        break;
      case "?":
        document.getElementById("keys")?.showModal();
        break;
    }
  });

  // What is there to be pasted is taken whole.
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[data-whole]")) {
      event.target.select();
    }
  });

  const tell = (words) => {
    const place = document.getElementById("connection");
    if (place && place.textContent !== words) {
      place.textContent = words;
    }
  };
  document.addEventListener("htmx:sendError", () => tell("No connection: this page may be out of date"));
  document.addEventListener("htmx:responseError", () => tell("This page can't be kept up to date just now"));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) {
      tell("");
    }
  });

  // What somebody has opened or is on stays so when the content is renewed.
  let opened = [];
  let focused = null;
  document.addEventListener("htmx:beforeSwap", () => {
    opened = [...document.querySelectorAll("#live details")].map((one) => one.open);
    focused = document.activeElement?.closest("#live") ? document.activeElement.getAttribute("href") : null;
  });
  document.addEventListener("htmx:afterSwap", () => {
    const details = document.querySelectorAll("#live details");
    if (details.length === opened.length) {
      details.forEach((one, at) => { one.open = opened[at]; });
    }
    if (focused) {
      document.querySelector(`#live a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
  });
})();
