import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://127.0.0.1:4400";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2023",
    // Nothing is inlined, so that a strict content security policy needs neither `data:` nor `unsafe-inline` scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": { target: server }, "/docs": { target: server } } },
});
