export * from "./clock.ts";
export * from "./ids.ts";
export * from "./instant.ts";
export * from "./keys.ts";
export * from "./random.ts";
export * from "./result.ts";
