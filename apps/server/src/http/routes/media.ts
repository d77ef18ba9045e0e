import { createHash } from "node:crypto";
import { checkMedia, mediaRules, sniffMediaType } from "@loket/channels/whatsapp";
import * as contract from "@loket/contract";
import { addMedia, inboxOfMedia, readMedia } from "@loket/conversations";
import { seesInbox } from "@loket/organisations";
import type { Ports } from "../../ports.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { idParams, type Route, route } from "../route.ts";

/** Types a browser may show inside the page; everything else is a download, whatever it claims to be. */
const shownInPage = new Set([
  "image/jpeg",
  "image/png",
  "image/webp",
  "video/mp4",
  "video/3gpp",
  "audio/aac",
  "audio/amr",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
]);

export function mediaRoutes(ports: Ports): Route[] {
  return [
    route(
      "conversations:write",
      {
        method: "POST",
        path: "media",
        tag: "media",
        summary: "Upload a file (multipart, field `file`), to be sent by its id",
        answer: contract.media,
        status: 201,
      },
      async ({ request, principal, inOrganisation }) => {
        if (!request.isMultipart())
          throw new HttpProblem(415, "invalid-request", "Send the file as multipart/form-data in the field `file`.");
        const part = await request.file();
        if (!part)
          throw new HttpProblem(400, "invalid-request", "There is no file in this request.", {
            action: "Send it in the field `file`.",
          });
        const bytes = await part.toBuffer();
        // What a file is, its first bytes say; what it is called is only a name.
        const mimeType = sniffMediaType(bytes) ?? part.mimetype.split(";")[0] ?? "application/octet-stream";
        const kind = kindOf(mimeType);
        const filename = part.filename?.replace(/[\p{Cc}/\\]/gu, "").slice(0, 240) || null;
        const problems = checkMedia(kind, { bytes, mimeType, filename: filename ?? kind });
        if (problems.length > 0) {
          throw new HttpProblem(422, "media.invalid", problems[0]?.message ?? "WhatsApp does not take this file.", {
            ...(problems[0] ? { action: problems[0].remedy } : {}),
            errors: problems.map(({ path, message }) => ({ path, message })),
          });
        }
        const id = ports.ids.next<"media">();
        const storageKey = `${principal.organisationId}/${id}`;
        await ports.store.put(storageKey, bytes, mimeType);
        await inOrganisation((tx) =>
          addMedia(tx, ports, {
            id,
            kind,
            mimeType,
            sizeBytes: bytes.length,
            sha256: createHash("sha256").update(bytes).digest(),
            filename,
            storageKey,
          }),
        );
        return {
          id,
          kind,
          mimeType,
          sizeBytes: bytes.length,
          filename,
          state: "ready",
          reason: null,
          url: `/api/v1/media/${id}`,
        };
      },
    ),
    route(
      "conversations:read",
      { method: "GET", path: "media/{id}", tag: "media", summary: "A file's bytes", params: idParams },
      async ({ params, principal, reply, request, inOrganisation }) => {
        const media = await inOrganisation((tx) => readMedia(tx, params.id));
        const inboxId = media ? await inOrganisation((tx) => inboxOfMedia(tx, params.id)) : null;
        if (!media?.storage_key || (inboxId !== null && !seesInbox(principal, inboxId))) throw notFound("file");
        const bytes = await ports.store.get(media.storage_key);
        if (!bytes) throw notFound("file");
        const inline = shownInPage.has(media.mime_type);
        const name = encodeURIComponent(media.filename ?? `${media.kind}-${media.id.slice(-6)}`);
        void reply.headers({
          "content-type": inline ? media.mime_type : "application/octet-stream",
          "content-disposition": `${inline ? "inline" : "attachment"}; filename*=UTF-8''${name}`,
          "content-security-policy": "sandbox; default-src 'none'",
          "cache-control": "private, max-age=86400, immutable",
          "accept-ranges": "bytes",
        });
        const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
        if (range && (range[1] || range[2])) {
          const start = range[1] ? Number(range[1]) : Math.max(0, bytes.length - Number(range[2]));
          const end = range[1] && range[2] ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1;
          if (start > end || start >= bytes.length)
            return reply.code(416).header("content-range", `bytes */${bytes.length}`).send();
          return reply
            .code(206)
            .header("content-range", `bytes ${start}-${end}/${bytes.length}`)
            .send(Buffer.from(bytes.subarray(start, end + 1)));
        }
        return reply.send(Buffer.from(bytes));
      },
    ),
  ];
}

/** What a file is sent as: by its type, and as a document where nothing better fits. */
function kindOf(mimeType: string): "image" | "video" | "audio" | "document" | "sticker" {
  for (const kind of ["image", "video", "audio", "sticker"] as const)
    if (mediaRules[kind].mimeTypes.includes(mimeType)) return kind;
  return "document";
}
