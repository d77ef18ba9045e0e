import "./ui/tokens.css";
import "./ui/mantine.css";
import "@fontsource-variable/inter/wght.css";
import "./ui/global.css";
import { createRoot } from "react-dom/client";
import { App } from "./shell/App.tsx";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
