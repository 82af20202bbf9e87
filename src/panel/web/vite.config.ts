import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The pages, built to static files: `build/panel/` at the root of the project. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: "../../../build/panel",
    emptyOutDir: true,
    // Everything comes from our own host, under a policy that allows no inline script.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  server: { host: "127.0.0.1", proxy: { "/panel/api": "http://127.0.0.1:8080" } },
});
