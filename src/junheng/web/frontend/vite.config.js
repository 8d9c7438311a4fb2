// Builds src/ into dist/site with hashed names and a manifest; the template tag {% asset %} reads the manifest.
import { defineConfig } from "vite";

export default defineConfig({
  base: "/static/site/",
  build: {
    outDir: "dist/site",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: "",
    // Old machines on intranets: browsers of 2020 and later.
    target: ["chrome87", "firefox84", "edge88", "safari14"],
    modulePreload: false,
    rollupOptions: { input: { site: "src/site.js" } },
  },
});
