import { dayMs, minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox } from "./given.ts";

afterEach(closeAll);

describe("media", () => {
  const upload = (given: Given, bytes: Uint8Array<ArrayBuffer>, type: string) => {
    const form = new FormData();
    form.set("messaging_product", "whatsapp");
    form.set("type", type);
    form.set("file", new Blob([bytes], { type }), "file");
    return given.graph("POST", `/v25.0/${given.number.id}/media`, form);
  };
  const get = (url: string, token: string | null) =>
    fetch(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});

  it("is uploaded, looked up, fetched for five minutes with a token, sent and deleted", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    const { id } = (await upload(given, bytes, "image/jpeg")).body;
    const node = await given.graph("GET", `/v25.0/${id}?phone_number_id=${given.number.id}`);
    expect(node.body).toMatchObject({
      messaging_product: "whatsapp",
      id,
      mime_type: "image/jpeg",
      file_size: 7,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const file = await get(node.body.url, given.token);
    expect(file.headers.get("content-type")).toBe("image/jpeg");
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    expect((await get(node.body.url, null)).status).toBe(401);
    expect((await get(node.body.url, given.sandbox.accounts[1]?.token ?? "")).status).toBe(404);
    await given.sandbox.advance(5 * minuteMs + secondMs);
    expect((await get(node.body.url, given.token)).status).toBe(404);

    await given.send({ type: "image", image: { id, caption: "Vers" } });
    const asSticker = await given.graph("POST", `/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      to: "31612345678",
      type: "sticker",
      sticker: { id },
    });
    expect(asSticker.body.error.error_data.details).toBe("Sticker must be webp");
    expect((await given.graph("DELETE", `/v25.0/${id}`)).body).toEqual({ success: true });
    expect((await given.graph("GET", `/v25.0/${id}`)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  });

  it("lives 30 days when uploaded and 7 when received", async () => {
    const given = await givenSandbox();
    const { id } = (await upload(given, new Uint8Array([1]), "image/png")).body;
    await given.personWrites({
      type: "image",
      image: { data: Buffer.from("a picture").toString("base64"), mime_type: "image/jpeg" },
    });
    const { image } = given.subscriber.values()[0]?.messages[0] ?? {};
    expect(await (await get(image.url, given.token)).text()).toBe("a picture");
    await given.sandbox.advance(7 * dayMs + secondMs);
    expect([(await given.graph("GET", `/${image.id}`)).status, (await given.graph("GET", `/${id}`)).status]).toEqual([
      400, 200,
    ]);
    await given.sandbox.advance(23 * dayMs);
    expect((await given.graph("GET", `/${id}`)).status).toBe(400);
  });

  it("is refused when of a wrong type, empty or too large", async () => {
    const given = await givenSandbox();
    expect((await upload(given, new Uint8Array([1]), "image/gif")).body.error).toMatchObject({ code: 100 });
    expect((await upload(given, new Uint8Array(0), "image/png")).status).toBe(400);
    expect((await upload(given, new Uint8Array(5 * 1024 * 1024 + 1), "image/png")).status).toBe(400);
  });
});
