// Before the first paint: the colour scheme this browser chose, so that a dark screen never flashes white.
(() => {
  const chosen = localStorage.getItem("loket.theme");
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
