import { GraphError, unknownObject } from "../platform/graph-error.ts";
import { nextNodeId } from "../platform/identifiers.ts";
import { numberAt, textAt } from "../platform/parameters.ts";
import type { Platform } from "../platform/platform.ts";
import type { App, Body, Upload } from "../platform/state.ts";
import { bearerOf, type HttpRequest, splitPath } from "./request.ts";
import { checkToken } from "./tokens.ts";

const fileTypes = ["image/jpeg", "image/jpg", "image/png", "video/mp4", "application/pdf"];

/** `POST /{app-id}/uploads`: opens a session for the sample of a template's header or a profile picture ("Resumable Upload API"). */
export function openUpload(platform: Platform, app: App, parameters: Body): Body {
  const fileType = textAt(parameters, "file_type", "");
  if (!fileTypes.includes(fileType)) {
    throw new GraphError(100, {
      message: `(#100) Param file_type must be one of {${fileTypes.join(", ")}} - got "${fileType}".`,
    });
  }
  const upload: Upload = {
    id: `upload:${Buffer.from(`1:attachment:${nextNodeId(platform.state, "media")}`).toString("base64url")}`,
    appId: app.id,
    fileType,
    fileLength: readLength(parameters),
    bytes: new Uint8Array(0),
  };
  platform.state.uploads.set(upload.id, upload);
  return { id: `${upload.id}?sig=AR${upload.id.slice(-10)}` };
}

const bytesAtMost = 100 * 1024 * 1024;

function readLength(parameters: Body): number {
  const length = numberAt(parameters, "file_length", "");
  if (!Number.isInteger(length) || length < 1 || length > bytesAtMost)
    throw new GraphError(100, { message: `(#100) Param file_length must be from 1 to ${bytesAtMost}.` });
  return length;
}

export function isUpload(request: HttpRequest): boolean {
  return splitPath(request.path).segments[0]?.startsWith("upload:") ?? false;
}

/** `POST /{upload}` takes raw bytes from `file_offset` on and, once all are there, gives the handle; `GET` says how far it is. */
export function answerUpload(platform: Platform, request: HttpRequest): Body {
  const token = checkToken(platform, bearerOf(request) ?? request.query.get("access_token"));
  const id = splitPath(request.path).segments[0] ?? "";
  const upload = platform.state.uploads.get(id);
  if (!upload || upload.appId !== token.appId) throw unknownObject(request.method, id);
  if (request.method === "GET") return { id: upload.id, file_offset: upload.bytes.length };
  const offset = Number(request.headers.file_offset ?? 0);
  if (offset !== upload.bytes.length) {
    throw new GraphError(100, { message: `(#100) The file_offset must be ${upload.bytes.length}.` });
  }
  if (upload.bytes.length + request.body.length > upload.fileLength) {
    throw new GraphError(100, { message: `(#100) The file is longer than file_length, ${upload.fileLength}.` });
  }
  upload.bytes = new Uint8Array(Buffer.concat([upload.bytes, request.body]));
  if (upload.bytes.length < upload.fileLength) return { id: upload.id, file_offset: upload.bytes.length };
  upload.handle ??= `4::${Buffer.from(upload.fileType).toString("base64url")}:AR${upload.id.slice(-16)}:e:${platform.now()}`;
  return { h: upload.handle };
}
