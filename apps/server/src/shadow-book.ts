import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Edition } from "@loket/delivery";
import { ConfigError } from "./config.ts";

/** Another edition of the terms book: the entry module of a package like `@loket/policy`, by its path. */
export async function loadEdition(path: string | null): Promise<Edition | null> {
  if (path === null) return null;
  const module = (await import(pathToFileURL(resolve(path)).href).catch((error: unknown) => {
    throw new ConfigError(`LOKET_SHADOW_BOOK is ${path}, which could not be loaded: ${String(error)}`);
  })) as Partial<Edition>;
  if (typeof module.decide !== "function" || typeof module.bookVersion !== "string")
    throw new ConfigError(`LOKET_SHADOW_BOOK is ${path}, which shows no decide and bookVersion.`);
  return { decide: module.decide, bookVersion: module.bookVersion };
}
