import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ChannelKind, capabilities } from "./capabilities.ts";
import * as face from "./index.ts";

const whatsapp = new URL("./whatsapp/", import.meta.url);

describe("the WhatsApp folder", () => {
  const sources = readdirSync(whatsapp).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  it.each(sources)("could be published alone: %s imports only kit, Node and its neighbours", (name) => {
    const source = readFileSync(new URL(name, whatsapp), "utf8");
    for (const [, from = ""] of source.matchAll(/\bfrom "([^"]+)"/g)) {
      const isNear = from === "@loket/kit" || from.startsWith("node:") || /^\.\/[\w-]+\.ts$/.test(from);
      expect(isNear, `${name} imports ${from}; the folder must stand without the product around it`).toBe(true);
    }
  });
});

describe("the face", () => {
  it("does not show how to send: that is the side door, for delivery alone", () => {
    expect(Object.keys(face).sort()).toEqual([
      "capabilities",
      "checkOutbound",
      "checkTemplateSend",
      "contentText",
      "createSafeFetch",
      "explainError",
      "fillTemplate",
      "renderTemplate",
      "templateVariables",
    ]);
  });
});

describe("capabilities", () => {
  it.each<[ChannelKind, boolean]>([
    ["whatsapp", true],
    ["telegram", false],
    ["email", false],
    ["webchat", false],
  ])("%s is built: %s", (kind, isBuilt) => expect(capabilities(kind)).toMatchObject({ kind, isBuilt }));
  it("name only what can be sent", () => {
    const known = capabilities("whatsapp");
    if (!known.isBuilt) throw new Error("not built");
    for (const inboundOnly of ["button", "order", "system", "unsupported", "unrecognised"] as const) {
      expect(known.contentTypes.has(inboundOnly)).toBe(false);
    }
    expect(known).toMatchObject({ needsTemplateOutsideWindow: true, serviceWindowMs: 86_400_000, canEdit: false });
  });
});
