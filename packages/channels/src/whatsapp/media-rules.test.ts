import { describe, expect, it } from "vitest";
import { checkMedia, sniffMediaType } from "./media-rules.ts";

const latin = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const office = (part: string) => latin(`PK\x03\x04...[Content_Types].xml...${part}...`);
const webp = (isAnimated: boolean) => latin(`RIFF....WEBPVP8X....${isAnimated ? "\x02" : "\x00"}...`);
const openxml = "application/vnd.openxmlformats-officedocument";

const files: readonly (readonly [string, Uint8Array, string | null])[] = [
  ["jpeg", latin("\xff\xd8\xff\xe0"), "image/jpeg"],
  ["png", latin("\x89PNG\r\n\x1a\n"), "image/png"],
  ["webp", webp(false), "image/webp"],
  ["gif", latin("GIF89a"), "image/gif"],
  ["pdf", latin("%PDF-1.7"), "application/pdf"],
  ["ogg", latin("OggS\0"), "audio/ogg"],
  ["amr", latin("#!AMR\n"), "audio/amr"],
  ["mp4", latin("\0\0\0\x20ftypisom"), "video/mp4"],
  ["m4a", latin("\0\0\0\x20ftypM4A "), "audio/mp4"],
  ["3gp", latin("\0\0\0\x20ftyp3gp4"), "video/3gpp"],
  ["aac", latin("\xff\xf1\x50"), "audio/aac"],
  ["mp3 with a tag", latin("ID3\x04"), "audio/mpeg"],
  ["mp3 without", latin("\xff\xfb\x90"), "audio/mpeg"],
  ["docx", office("word/document.xml"), `${openxml}.wordprocessingml.document`],
  ["xlsx", office("xl/workbook.xml"), `${openxml}.spreadsheetml.sheet`],
  ["pptx", office("ppt/presentation.xml"), `${openxml}.presentationml.presentation`],
  ["zip", latin("PK\x03\x04 anything"), "application/zip"],
  ["doc", latin("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "application/x-ole-storage"],
  ["exe", latin("MZ\x90"), "application/x-executable"],
  ["text", new TextEncoder().encode("Zoë"), "text/plain"],
  ["text cut within a character", new TextEncoder().encode(`x${"ë".repeat(4000)}`), "text/plain"],
  ["html", latin("  <!DOCTYPE html><p>"), "text/html"],
  ["svg", latin('<?xml version="1.0"?>\n<svg onload="x">'), "image/svg+xml"],
  ["nothing", new Uint8Array(), null],
  ["noise", latin("\x00\x01\x02"), null],
  ["no utf-8", latin("caf\xe9 au lait"), null],
];

describe("the type of a file", () => {
  it.each(files)("%s", (_name, bytes, expected) => expect(sniffMediaType(bytes)).toBe(expected));
});

describe("what a file may be sent as", () => {
  const check = (...[kind, mimeType, bytes]: [Parameters<typeof checkMedia>[0], string, Uint8Array]) =>
    checkMedia(kind, { mimeType, bytes }).map(({ path, code }) => `${path} ${code}`);
  const sized = (head: Uint8Array, size: number) => {
    const bytes = new Uint8Array(size);
    bytes.set(head);
    return bytes;
  };
  const jpeg = latin("\xff\xd8\xff\xe0");

  it.each([
    ["image", "image/jpeg", jpeg, []],
    ["image", "image/jpeg", sized(jpeg, 5 * 1024 * 1024), []],
    ["image", "image/jpeg", sized(jpeg, 5 * 1024 * 1024 + 1), ["bytes tooLong"]],
    ["image", "image/gif", latin("GIF89a"), ["mimeType invalid"]],
    ["image", "image/jpeg", latin("MZ\x90"), ["bytes mismatch"]],
    ["image", "image/jpeg", latin("<svg onload=x>"), ["bytes mismatch"]],
    ["image", "image/jpeg", new Uint8Array(), ["bytes mismatch", "bytes empty"]],
    ["audio", "audio/ogg; codecs=opus", latin("OggS"), []],
    ["audio", "audio/mp4", latin("\0\0\0\x20ftypisom"), []],
    ["video", "video/mp4", latin("OggS"), ["bytes mismatch"]],
    ["document", "application/msword", latin("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), []],
    ["document", `${openxml}.wordprocessingml.document`, office("word/x"), []],
    ["document", `${openxml}.wordprocessingml.document`, office("xl/x"), ["bytes mismatch"]],
    ["document", "text/plain", latin("<script>"), ["bytes mismatch"]],
    ["document", "application/zip", latin("PK\x03\x04"), ["mimeType invalid"]],
    ["sticker", "image/webp", sized(webp(false), 100 * 1024 + 1), ["bytes tooLong"]],
    ["sticker", "image/webp", sized(webp(true), 500 * 1024), []],
    ["sticker", "image/webp", sized(webp(true), 500 * 1024 + 1), ["bytes tooLong"]],
  ] as const)("%s as %s", (kind, mimeType, bytes, expected) => expect(check(kind, mimeType, bytes)).toEqual(expected));
});
