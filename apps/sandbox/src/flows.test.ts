import { dayMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const footer = (action: Body): Body => ({ type: "Footer", label: "Verder", "on-click-action": action });
const layout = (...children: Body[]): Body => ({ type: "SingleColumnLayout", children });
// biome-ignore lint/suspicious/noTemplateCurlyInString: how a flow names what was filled in.
const complete = footer({ name: "complete", payload: { smaak: "${form.smaak}" } });
const input: Body = { type: "TextInput", label: "Smaak", name: "smaak" };
const goOn = (payload: Body = {}, name = "LAST") =>
  footer({ name: "navigate", next: { type: "screen", name }, payload });

const first = (...children: Body[]): Body => ({ id: "FIRST", title: "Taart", layout: layout(...children) });
const last = (...children: Body[]): Body => ({
  id: "LAST",
  title: "Klaar",
  terminal: true,
  layout: layout(...children),
});
const flow = (...screens: Body[]): Body => ({ version: "7.3", screens });

async function givenFlow(): Promise<{ given: Given; id: string; upload(json: string): Promise<Body[]> }> {
  const given = await givenSandbox();
  const create = { name: "taart", categories: ["OTHER"] };
  const { id } = (await given.graph("POST", `/${given.accountId}/flows`, create)).body;
  return {
    given,
    id,
    async upload(json) {
      const form = new FormData();
      form.set("name", "flow.json");
      form.set("asset_type", "FLOW_JSON");
      form.set("file", new Blob([json], { type: "application/json" }), "flow.json");
      return (await given.graph("POST", `/${id}/assets`, form)).body.validation_errors;
    },
  };
}

const whole = flow(first(input, goOn()), last(input, complete));

describe("the validation of a flow's JSON", () => {
  it("finds nothing in one that is right", async () => {
    const { upload } = await givenFlow();
    expect(await upload(JSON.stringify(whole))).toEqual([]);
    const routed = { ...whole, data_api_version: "3.0", routing_model: { FIRST: ["LAST"], LAST: [] } };
    expect(await upload(JSON.stringify(routed))).toEqual([]);
  });

  const loop = { A: ["B"], B: ["C"], C: ["B"] };
  const abc = (["A", "B", "C"] as const).map((id) => ({ id, terminal: id === "C", layout: layout() }));
  it.each<[string, string, Body | string, string]>([
    ["no JSON", "INVALID_FLOW_JSON", '{"version": "7.3",,}', ""],
    ["no version", "MISSING_FLOW_JSON_VERSION", { screens: [last()] }, ""],
    ["a version of another form", "INVALID_FLOW_JSON_VERSION", { ...whole, version: "seven" }, "version"],
    ["no screens", "MISSING_REQUIRED_TYPE_PROPERTY", { version: "7.3" }, ""],
    ["an empty list of screens", "MIN_ITEMS_REQUIRED", flow(), "screens"],
    ["a member nobody knows", "INVALID_PROPERTY_KEY", { ...whole, colour: "red" }, "colour"],
    ["a screen's id with a digit", "PATTERN_MISMATCH", flow({ ...last(), id: "LAST_1" }), "screens[0].id"],
    ["two screens of one id", "INVALID_PROPERTY_VALUE", flow(last(), last()), "screens[1].id"],
    ["the reserved id", "INVALID_PROPERTY_VALUE", flow({ ...last(), id: "SUCCESS" }), "screens[0].id"],
    [
      "another layout",
      "INVALID_ENUM_VALUE",
      flow({ ...last(), layout: { type: "Grid", children: [] } }),
      "screens[0].layout.type",
    ],
    ["no terminal screen", "INVALID_PROPERTY_VALUE", flow(first()), "screens"],
    [
      "a component nobody knows",
      "INVALID_PROPERTY_VALUE",
      flow(last({ type: "Sparkle" })),
      "screens[0].layout.children[0].type",
    ],
    [
      "an input without a name",
      "MISSING_REQUIRED_TYPE_PROPERTY",
      flow(last({ type: "TextInput", label: "x" })),
      "screens[0].layout.children[0]",
    ],
    [
      "an action nobody knows",
      "INVALID_ENUM_VALUE",
      flow(last(footer({ name: "dance" }))),
      "screens[0].layout.children[0].on-click-action.name",
    ],
    [
      "a form member nobody fills in",
      "INVALID_ON_CLICK_ACTION_PAYLOAD",
      flow(last(complete)),
      "screens[0].layout.children[0].on-click-action.payload.smaak",
    ],
    [
      "an end before the end",
      "INVALID_COMPLETE_ACTION",
      flow(first(input, complete), last()),
      "screens[0].layout.children[1].on-click-action",
    ],
    [
      "a way to nowhere",
      "INVALID_NAVIGATE_ACTION_NEXT_SCREEN_NAME",
      flow(first(goOn({}, "MOON")), last()),
      "screens[0].layout.children[0].on-click-action.next",
    ],
    [
      "a way back to itself",
      "INVALID_NAVIGATE_ACTION_NEXT_SCREEN_NAME",
      flow(first(goOn({}, "FIRST")), last()),
      "screens[0].layout.children[0].on-click-action.next",
    ],
    [
      "what the next screen does not know",
      "INVALID_NAVIGATE_ACTION_PAYLOAD",
      flow(first(goOn({ x: "1" })), last()),
      "screens[0].layout.children[0].on-click-action.payload",
    ],
    ["a screen without a route", "INVALID_ROUTING_MODEL", { ...whole, routing_model: { FIRST: [] } }, "routing_model"],
    [
      "a route to nowhere",
      "INVALID_ROUTING_MODEL",
      { ...whole, routing_model: { FIRST: ["LAST", "MOON"], LAST: [] } },
      "routing_model",
    ],
    ["routes in a circle", "INVALID_ROUTING_MODEL", { ...flow(...abc), routing_model: loop }, "routing_model"],
    ["an endpoint and no routes", "MISSING_REQUIRED_TYPE_PROPERTY", { ...whole, data_api_version: "3.0" }, ""],
    [
      "a data version nobody knows",
      "NO_SUPPORTED_DATA_API_VERSION",
      { ...whole, data_api_version: "1.0", routing_model: { FIRST: ["LAST"], LAST: [] } },
      "data_api_version",
    ],
  ])("finds %s", async (_, error, json, path) => {
    const { given, id, upload } = await givenFlow();
    const errors = await upload(typeof json === "string" ? json : JSON.stringify(json, null, 2));
    expect(errors).toContainEqual(
      expect.objectContaining({ error, error_type: "FLOW_JSON_ERROR", pointers: [expect.objectContaining({ path })] }),
    );
    expect((await given.graph("POST", `/${id}/publish`)).body.error.code).toBe(139002);
  });

  it("says where it stands, in lines and columns", async () => {
    const { upload } = await givenFlow();
    const text =
      '{\n  "version": "7.3",\n  "screens": [\n    { "id": "LAST_1", "terminal": true,\n      "layout": { "type": "SingleColumnLayout", "children": [] } }\n  ]\n}';
    expect(await upload(text)).toMatchObject([{ line_start: 4, line_end: 4, column_start: 7, column_end: 20 }]);
  });
});

describe("a flow that asks an endpoint", () => {
  it("is published once it is said where that is", async () => {
    const { given, id, upload } = await givenFlow();
    await upload(JSON.stringify({ ...whole, data_api_version: "3.0", routing_model: { FIRST: ["LAST"], LAST: [] } }));
    const health = async () => (await given.graph("GET", `/${id}?fields=health_status`)).body.health_status;
    expect((await health()).entities[0]).toMatchObject({ entity_type: "FLOW", can_send_message: "BLOCKED" });
    expect((await given.graph("POST", `/${id}/publish`)).body.error.code).toBe(139002);
    await given.graph("POST", `/${id}`, { endpoint_uri: "https://korenaar.example/flow" });
    expect((await given.graph("POST", `/${id}/publish`)).body).toEqual({ success: true });
    expect((await health()).entities[0]).toMatchObject({ can_send_message: "AVAILABLE" });
  });
});

describe("the preview of a flow", () => {
  it("keeps its link until it expires or is taken back", async () => {
    const { given, id } = await givenFlow();
    const ask = async (how = "") =>
      (await given.graph("GET", `/${id}?fields=preview${how}`)).body.preview as {
        preview_url: string;
        expires_at: string;
      };
    const link = await ask();
    expect(link.expires_at).toMatch(/^2026-12-22T.*\+0000$/);
    expect(await ask(".invalidate(false)")).toEqual(link);
    const renewed = await ask(".invalidate(true)");
    expect(renewed.preview_url).not.toBe(link.preview_url);
    await given.sandbox.advance(31 * dayMs);
    expect((await ask()).preview_url).not.toBe(renewed.preview_url);
  });
});
