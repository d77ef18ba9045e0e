import { defineConfig } from "vitest/config";

// Two projects: files that touch nothing outside their process share threads without isolation (fast); files that
// start servers, databases or a browser run one at a time in processes of their own.
const alone = [
  "apps/server/**/*.test.ts",
  "apps/sandbox/**/*.test.ts",
  "stories/**/*.test.ts",
  "simulation/**/*.test.ts",
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "packages",
          include: ["packages/**/*.test.ts", "scripts/**/*.test.ts", "apps/web/src/**/*.test.ts"],
          pool: "threads",
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: ["./packages/database/src/testing-server.ts"],
        },
      },
      {
        test: {
          name: "whole",
          include: alone,
          pool: "forks",
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          globalSetup: ["./packages/database/src/testing-server.ts"],
        },
      },
    ],
  },
});
