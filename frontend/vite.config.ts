import { defineConfig } from "vitest/config";

// One file without a hash in its name: Home Assistant versions its address by its content.
export default defineConfig({
  build: {
    target: "es2022",
    outDir: "../custom_components/courier_access/frontend",
    emptyOutDir: true,
    lib: { entry: "src/panel.ts", formats: ["es"], fileName: () => "panel.js" },
  },
  test: { environment: "happy-dom", include: ["test/**/*.test.ts"] },
});
