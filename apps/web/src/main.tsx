import "./ui/tokens.css";
import "./ui/mantine.css";
import "@fontsource-variable/inter/wght.css";
import "./ui/global.css";
import { createRoot } from "react-dom/client";
import { App } from "./shell/App.tsx";

// A page that was open while a new version was installed asks for files that are gone. The new version has them all.
window.addEventListener("vite:preloadError", (event) => {
  const reloadedAt = Number(sessionStorage.getItem("loket.reloadedAt") ?? 0);
  if (Date.now() - reloadedAt < 60_000) return; // not because of a new version, then: let the error be seen
  event.preventDefault();
  sessionStorage.setItem("loket.reloadedAt", String(Date.now()));
  location.reload();
});

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
