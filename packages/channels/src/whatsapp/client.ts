import { createHash } from "node:crypto";
import { fail, ok, type Result } from "@loket/kit";
import { classifySend, lineFailure, readJson } from "./classify.ts";
import { readFailure } from "./errors.ts";
import type { Identity, MessagingLimit } from "./events.ts";
import type { MediaFile } from "./media-rules.ts";
import type { Network, NetworkAnswer, NetworkRequest } from "./network.ts";
import { checkOutbound, type Outbound, toGraphBody } from "./outbound.ts";
import type { Failure, SendOutcome } from "./outcome.ts";
import { booleanOf, type Json, listOf, numberOf, objectOf, phoneOf, present, textOf } from "./read.ts";
import { readLimit } from "./read-account.ts";
import { parseTemplate, type Template, type TemplateDraft, toTemplateBody } from "./templates.ts";

export interface ClientOptions {
  /** Default `https://graph.facebook.com`; the sandbox's address in development. */
  readonly baseUrl?: string;
  /** Default `v25.0`. */
  readonly version?: string;
  readonly accessToken: string;
  readonly network: Network;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

export type CallResult<Value> = Result<Value, Failure>;

export interface Page<Item> {
  readonly items: readonly Item[];
  /** What to ask with for the next page; absent on the last. */
  readonly next?: string;
}

export interface PageRequest {
  readonly limit?: number;
  readonly after?: string;
}

/** A connected number as the platform describes it ("Phone number reference"). Words in lower case. */
export interface SenderNode {
  readonly id: string;
  readonly phone?: string;
  readonly displayPhone?: string;
  readonly verifiedName?: string;
  readonly nameStatus?: string;
  readonly status?: string;
  readonly quality?: string;
  readonly throughput?: string;
  readonly messagingLimit?: MessagingLimit;
  readonly platform?: string;
  readonly accountMode?: string;
  readonly username?: string;
  readonly isOfficial?: boolean;
  readonly isOnBusinessApp?: boolean;
  readonly canSend?: string;
  readonly raw: Json;
}

/** A business account as the platform describes it ("WhatsApp Business Account reference"). */
export interface AccountNode {
  readonly id: string;
  readonly name?: string;
  readonly timezoneId?: string;
  readonly currency?: string;
  readonly country?: string;
  readonly reviewStatus?: string;
  readonly businessVerification?: string;
  readonly messagingLimit?: MessagingLimit;
  readonly isMarketingDisabled?: boolean;
  readonly canSend?: string;
  readonly raw: Json;
}

export interface BusinessProfile {
  readonly about?: string;
  readonly address?: string;
  readonly description?: string;
  readonly email?: string;
  readonly websites?: readonly string[];
  readonly vertical?: string;
  readonly pictureUrl?: string;
}

export interface MediaNode {
  readonly id: string;
  /** Good for five minutes, and only with the token. */
  readonly url: string;
  readonly mimeType?: string;
  readonly sha256?: string;
  readonly bytes?: number;
}

export interface DownloadedMedia {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
}

export interface BlockAnswer {
  readonly done: readonly { readonly input: string; readonly phone?: string; readonly userId?: string }[];
  readonly failed: readonly { readonly input: string; readonly failures: readonly Failure[] }[];
}

export interface WebhookTarget {
  readonly callbackUrl: string;
  readonly verifyToken: string;
}

type BlockedPerson = Pick<Identity, "phone" | "userId">;

export interface WhatsAppClient {
  /** Checks the message first: what the platform would refuse is refused without asking it. */
  sendMessage(numberId: string, outbound: Outbound, options?: CallOptions): Promise<SendOutcome>;
  /** Marks this message and all before it as read; `typing` shows that an answer is being written, for 25 seconds. */
  markRead(numberId: string, providerId: string, options?: { readonly typing?: boolean }): Promise<CallResult<null>>;

  uploadMedia(numberId: string, file: MediaFile, options?: CallOptions): Promise<CallResult<{ readonly id: string }>>;
  getMedia(mediaId: string, numberId?: string): Promise<CallResult<MediaNode>>;
  /** From an address of `getMedia` or a webhook. The token goes along only to hosts of the platform. */
  downloadMedia(
    url: string,
    expected?: { readonly sha256?: string; readonly maxBytes?: number },
  ): Promise<CallResult<DownloadedMedia>>;
  /** By id: asks for a fresh address, and once more where that one has expired meanwhile. */
  fetchMedia(
    mediaId: string,
    expected?: { readonly numberId?: string; readonly maxBytes?: number },
  ): Promise<CallResult<DownloadedMedia>>;
  deleteMedia(mediaId: string, numberId?: string): Promise<CallResult<null>>;

  listTemplates(
    accountId: string,
    request?: PageRequest & { readonly name?: string; readonly status?: string; readonly language?: string },
  ): Promise<CallResult<Page<Template>>>;
  createTemplate(
    accountId: string,
    draft: TemplateDraft,
  ): Promise<CallResult<{ readonly id: string; readonly status: string; readonly category: string }>>;
  /** All languages of the name, or with `templateId` only that one. */
  deleteTemplate(accountId: string, name: string, templateId?: string): Promise<CallResult<null>>;

  listNumbers(accountId: string, request?: PageRequest): Promise<CallResult<Page<SenderNode>>>;
  getNumber(numberId: string): Promise<CallResult<SenderNode>>;
  getAccount(accountId: string): Promise<CallResult<AccountNode>>;

  /** The application a token belongs to ("Access tokens, Debug token"). */
  getAppId(): Promise<CallResult<string>>;
  /** Where fields other than messages go: always to the application's own address ("Webhooks, Subscriptions"). */
  getAppWebhook(
    appId: string,
    appSecret: string,
  ): Promise<CallResult<{ readonly callbackUrl: string; readonly fields: readonly string[] } | null>>;
  setAppWebhook(
    appId: string,
    appSecret: string,
    target: WebhookTarget,
    fields: readonly string[],
  ): Promise<CallResult<null>>;
  /** Attaches this application to the account; with a target, its messages go there instead of to the app's address. */
  subscribe(accountId: string, target?: WebhookTarget): Promise<CallResult<null>>;
  unsubscribe(accountId: string): Promise<CallResult<null>>;
  /** Where the messages of this number go; `null` clears it. */
  setNumberWebhook(numberId: string, target: WebhookTarget | null): Promise<CallResult<null>>;

  getProfile(numberId: string): Promise<CallResult<BusinessProfile>>;
  updateProfile(numberId: string, profile: Omit<BusinessProfile, "pictureUrl">): Promise<CallResult<null>>;

  block(numberId: string, people: readonly BlockedPerson[]): Promise<CallResult<BlockAnswer>>;
  unblock(numberId: string, people: readonly BlockedPerson[]): Promise<CallResult<BlockAnswer>>;
  listBlocked(numberId: string, request?: PageRequest): Promise<CallResult<Page<BlockedPerson>>>;
}

const numberFields = [
  "id",
  "display_phone_number",
  "verified_name",
  "name_status",
  "status",
  "quality_rating",
  "throughput",
  "whatsapp_business_manager_messaging_limit",
  "platform_type",
  "account_mode",
  "username",
  "is_official_business_account",
  "is_on_biz_app",
  "health_status",
].join(",");

const accountFields = [
  "id",
  "name",
  "timezone_id",
  "currency",
  "country",
  "account_review_status",
  "business_verification_status",
  "whatsapp_business_manager_messaging_limit",
  "disable_marketing_messages_on_cloud_api",
  "health_status",
].join(",");

const templateFields = "id,name,language,status,category,parameter_format,components,quality_score,rejected_reason";
const profileFields = "about,address,description,email,profile_picture_url,websites,vertical";

/** Where media lie that people sent; the token may go there too ("Media, Download media"). */
const mediaHost = "lookaside.fbsbx.com";

/** A typed client of the Graph API for WhatsApp. It keeps nothing and never tries again by itself. */
export function createWhatsAppClient(options: ClientOptions): WhatsAppClient {
  const base = new URL(options.baseUrl ?? "https://graph.facebook.com");
  const root = `${base.href.replace(/\/+$/, "")}/${options.version ?? "v25.0"}`;
  const authorization = { authorization: `Bearer ${options.accessToken}` };

  return {
    async sendMessage(numberId, outbound, callOptions = {}) {
      const problems = checkOutbound(outbound);
      if (problems.length > 0) return { kind: "refused", failure: contentFailure(problems) };
      return classifySend(
        await request("POST", [numberId, "messages"], { json: toGraphBody(outbound), ...callOptions }),
      );
    },

    markRead: (numberId, providerId, { typing = false } = {}) =>
      succeed("POST", [numberId, "messages"], {
        json: {
          messaging_product: "whatsapp",
          status: "read",
          message_id: providerId,
          ...(typing ? { typing_indicator: { type: "text" } } : {}),
        },
      }),

    async uploadMedia(numberId, file, callOptions = {}) {
      const form = multipart({ messaging_product: "whatsapp", type: file.mimeType }, file);
      const answer = await call("POST", [numberId, "media"], { ...form, timeoutMs: 120_000, ...callOptions });
      return read(answer, (body) => {
        const id = textOf(body.id);
        return id === undefined ? undefined : { id };
      });
    },

    getMedia,
    downloadMedia,
    async fetchMedia(mediaId, expected = {}) {
      for (let round = 0; ; round++) {
        const node = await getMedia(mediaId, expected.numberId);
        if (!node.ok) return node;
        const { sha256, url } = node.value;
        const file = await downloadMedia(url, present({ sha256, maxBytes: expected.maxBytes }));
        if (file.ok || file.failure.code !== "media.expired" || round > 0) return file;
      }
    },
    deleteMedia: (mediaId, numberId) => succeed("DELETE", [mediaId], { query: present({ phone_number_id: numberId }) }),

    async listTemplates(accountId, request = {}) {
      const { name, status, language } = request;
      const query = {
        fields: templateFields,
        ...paging(request),
        ...present({ name, status: status?.toUpperCase(), language }),
      };
      return page(await call("GET", [accountId, "message_templates"], { query }), parseTemplate);
    },
    async createTemplate(accountId, draft) {
      const answer = await call("POST", [accountId, "message_templates"], { json: toTemplateBody(draft) });
      return read(answer, (body) => {
        const id = textOf(body.id);
        if (id === undefined) return undefined;
        const status = textOf(body.status)?.toLowerCase() ?? "pending";
        return { id, status, category: textOf(body.category)?.toLowerCase() ?? draft.category };
      });
    },
    deleteTemplate: (accountId, name, templateId) =>
      succeed("DELETE", [accountId, "message_templates"], { query: { name, ...present({ hsm_id: templateId }) } }),

    async listNumbers(accountId, request = {}) {
      const query = { fields: numberFields, ...paging(request) };
      return page(await call("GET", [accountId, "phone_numbers"], { query }), readSenderNode);
    },
    async getNumber(numberId) {
      return read(await call("GET", [numberId], { query: { fields: numberFields } }), readSenderNode);
    },
    async getAccount(accountId) {
      return read(await call("GET", [accountId], { query: { fields: accountFields } }), readAccountNode);
    },

    async getAppId() {
      const answer = await call("GET", ["debug_token"], { query: { input_token: options.accessToken } });
      return read(answer, (body) => textOf(objectOf(body.data)?.app_id));
    },
    async getAppWebhook(appId, appSecret) {
      const answer = await call("GET", [appId, "subscriptions"], { headers: appToken(appId, appSecret) });
      if (!answer.ok) return answer;
      const entries = (listOf(answer.value.data) ?? []).map(objectOf);
      const entry = entries.find((one) => textOf(one?.object) === "whatsapp_business_account");
      const callbackUrl = textOf(entry?.callback_url);
      if (callbackUrl === undefined) return ok(null);
      // Fields are listed as objects with a version, in older answers as bare names.
      const fields = (listOf(entry?.fields) ?? []).flatMap(
        (field) => textOf(field) ?? textOf(objectOf(field)?.name) ?? [],
      );
      return ok({ callbackUrl, fields });
    },
    setAppWebhook: (appId, appSecret, target, fields) =>
      succeed("POST", [appId, "subscriptions"], {
        headers: appToken(appId, appSecret),
        json: {
          object: "whatsapp_business_account",
          callback_url: target.callbackUrl,
          verify_token: target.verifyToken,
          fields: fields.join(","),
        },
      }),
    subscribe: (accountId, target) =>
      succeed("POST", [accountId, "subscribed_apps"], {
        json: target ? { override_callback_uri: target.callbackUrl, verify_token: target.verifyToken } : {},
      }),
    unsubscribe: (accountId) => succeed("DELETE", [accountId, "subscribed_apps"], {}),
    setNumberWebhook: (numberId, target) =>
      succeed("POST", [numberId], {
        json: {
          webhook_configuration: target
            ? { override_callback_uri: target.callbackUrl, verify_token: target.verifyToken }
            : { override_callback_uri: "" },
        },
      }),

    async getProfile(numberId) {
      const answer = await call("GET", [numberId, "whatsapp_business_profile"], { query: { fields: profileFields } });
      return read(answer, (body) => readProfile(objectOf(listOf(body.data)?.[0]) ?? {}));
    },
    updateProfile: (numberId, profile) =>
      succeed("POST", [numberId, "whatsapp_business_profile"], { json: { messaging_product: "whatsapp", ...profile } }),

    block: (numberId, people) => changeBlocks("POST", numberId, people),
    unblock: (numberId, people) => changeBlocks("DELETE", numberId, people),
    async listBlocked(numberId, request = {}) {
      return page(await call("GET", [numberId, "block_users"], { query: paging(request) }), (raw) => {
        const node = objectOf(raw);
        const person = present({ phone: phoneOf(node?.wa_id), userId: textOf(node?.user_id) });
        return Object.keys(person).length > 0 ? person : null;
      });
    },
  };

  async function getMedia(mediaId: string, numberId?: string): Promise<CallResult<MediaNode>> {
    const answer = await call("GET", [mediaId], { query: present({ phone_number_id: numberId }) });
    return read(answer, (body) => {
      const url = textOf(body.url);
      if (url === undefined) return undefined;
      return {
        id: textOf(body.id) ?? mediaId,
        url,
        ...present({
          mimeType: textOf(body.mime_type),
          sha256: textOf(body.sha256),
          bytes: numberOf(body.file_size), // now a number, now text
        }),
      };
    });
  }

  async function downloadMedia(
    url: string,
    expected: { readonly sha256?: string; readonly maxBytes?: number } = {},
  ): Promise<CallResult<DownloadedMedia>> {
    if (!mayCarryToken(url)) {
      return fail({
        reason: "mediaFailed",
        code: "media.foreignHost",
        title: "Not an address of the platform",
        detail: "The access token goes only to the platform's own hosts; nothing was fetched.",
      });
    }
    const answer = await options.network.request({
      method: "GET",
      url,
      headers: authorization,
      timeoutMs: 120_000,
      maxResponseBytes: expected.maxBytes ?? 110_000_000,
    });
    if (answer.kind === "failed") return fail(lineFailure(answer));
    if (answer.status === 404 || answer.status === 410) {
      return fail({ reason: "mediaFailed", code: "media.expired", title: "The address has expired" });
    }
    if (answer.status !== 200) return fail(failureOf(answer));
    if (expected.sha256 !== undefined && !hasSha256(answer.body, expected.sha256)) {
      return fail({ reason: "mediaFailed", code: "media.altered", title: "The file is not the one announced" });
    }
    return ok({ bytes: answer.body, mimeType: answer.headers["content-type"] ?? "application/octet-stream" });
  }

  /** A stolen or forged address must not carry the token away: scheme, host and port have to be the platform's. */
  function mayCarryToken(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { origin, protocol, hostname, port } = new URL(url);
    if (origin === base.origin) return true;
    return protocol === "https:" && port === "" && (hostname === mediaHost || hostname === "graph.facebook.com");
  }

  async function changeBlocks(
    method: "POST" | "DELETE",
    numberId: string,
    people: readonly BlockedPerson[],
  ): Promise<CallResult<BlockAnswer>> {
    const json = {
      messaging_product: "whatsapp",
      block_users: people.map(({ phone, userId }) =>
        phone === undefined ? { user_id: userId } : { user: phone.replace(/\D/g, "") },
      ),
    };
    const answer = await request(method, [numberId, "block_users"], { json });
    if (answer.kind === "failed") return fail(lineFailure(answer));
    // Done in part comes as an error with the list beside it; the list says more.
    const list = objectOf(readJson(answer.body)?.block_users);
    if (!list) return answer.status < 300 ? ok({ done: [], failed: [] }) : fail(failureOf(answer));
    const done = listOf(list.added_users) ?? listOf(list.removed_users) ?? [];
    return ok({
      done: done.map((raw) => {
        const user = objectOf(raw) ?? {};
        const input = textOf(user.input) ?? textOf(user.wa_id) ?? textOf(user.user_id) ?? "";
        return { input, ...present({ phone: phoneOf(user.wa_id), userId: textOf(user.user_id) }) };
      }),
      failed: (listOf(list.failed_users) ?? []).map((raw) => {
        const user = objectOf(raw) ?? {};
        const input = textOf(user.input) ?? textOf(user.wa_id) ?? textOf(user.user_id) ?? "";
        return { input, failures: (listOf(user.errors) ?? []).map(readFailure) };
      }),
    });
  }

  interface Call extends CallOptions {
    readonly query?: Readonly<Record<string, string>>;
    readonly json?: Json;
    readonly body?: Uint8Array;
    readonly headers?: Readonly<Record<string, string>>;
  }

  function request(method: NetworkRequest["method"], path: readonly string[], what: Call): Promise<NetworkAnswer> {
    const { query = {}, json, body, headers, ...callOptions } = what;
    const search = new URLSearchParams(query).toString();
    const content = json ? JSON.stringify(json) : body;
    return options.network.request({
      method,
      // An id is one segment, whatever is in it.
      url: `${root}/${path.map(encodeURIComponent).join("/")}${search === "" ? "" : `?${search}`}`,
      headers: { ...authorization, ...(json ? { "content-type": "application/json" } : {}), ...headers },
      ...(content === undefined ? {} : { body: content }),
      ...callOptions,
    });
  }

  async function call(
    method: NetworkRequest["method"],
    path: readonly string[],
    what: Call,
  ): Promise<CallResult<Json>> {
    const answer = await request(method, path, what);
    if (answer.kind === "failed") return fail(lineFailure(answer));
    const body = readJson(answer.body);
    return answer.status >= 200 && answer.status < 300 && body && body.error === undefined
      ? ok(body)
      : fail(failureOf(answer));
  }

  async function succeed(
    method: NetworkRequest["method"],
    path: readonly string[],
    what: Call,
  ): Promise<CallResult<null>> {
    return read(await call(method, path, what), (body) => (body.success === false ? undefined : null));
  }
}

/** The application's own token ("Access tokens, App access tokens"), in place of the account's. */
function appToken(appId: string, appSecret: string): { readonly authorization: string } {
  return { authorization: `Bearer ${appId}|${appSecret}` };
}

function contentFailure(problems: NonNullable<Failure["problems"]>): Failure {
  const [first] = problems;
  return {
    reason: "invalid",
    code: "content.invalid",
    title: "This message cannot be sent as it is",
    ...(first ? { detail: `${first.path}: ${first.message} ${first.remedy}` } : {}),
    problems,
  };
}

function failureOf(answer: Extract<NetworkAnswer, { kind: "answered" }>): Failure {
  const error = objectOf(readJson(answer.body)?.error);
  if (error) return readFailure(error);
  return {
    reason:
      answer.status === 401 || answer.status === 403
        ? "unauthorised"
        : answer.status === 429
          ? "throttled"
          : "platformTrouble",
    code: `http.${answer.status}`,
    title: "The platform gave no readable answer",
    detail: `HTTP ${answer.status}`,
  };
}

/** The value read from an answer; an answer that does not hold it is the platform's trouble, not ours to guess at. */
function read<Value>(
  result: CallResult<Json>,
  from: (body: Json) => Value | undefined | null,
): CallResult<Exclude<Value, undefined>> {
  if (!result.ok) return result;
  const value = from(result.value);
  if (value !== undefined) return ok(value as Exclude<Value, undefined>);
  return fail({ reason: "platformTrouble", code: "answer.incomplete", title: "The answer lacks what was asked for" });
}

function page<Item>(result: CallResult<Json>, from: (raw: unknown) => Item | null | undefined): CallResult<Page<Item>> {
  return read(result, (body) => {
    const items = (listOf(body.data) ?? []).flatMap((raw) => from(raw) ?? []);
    const paging = objectOf(body.paging);
    // The cursor alone is on the last page too. The `next` address is not used: it may carry the token.
    const next = paging?.next === undefined ? undefined : textOf(objectOf(paging.cursors)?.after);
    return { items: items as readonly Item[], ...present({ next }) };
  });
}

function paging(request: PageRequest): Record<string, string> {
  return present({
    limit: request.limit === undefined ? undefined : String(request.limit),
    after: request.after,
  }) as Record<string, string>;
}

function readSenderNode(raw: unknown): SenderNode | undefined {
  const node = objectOf(raw);
  const id = textOf(node?.id);
  if (!node || id === undefined) return undefined;
  return {
    id,
    ...present({
      phone: phoneOf(node.display_phone_number),
      displayPhone: textOf(node.display_phone_number),
      verifiedName: textOf(node.verified_name),
      nameStatus: lower(node.name_status),
      status: lower(node.status),
      quality: lower(node.quality_rating),
      throughput: lower(objectOf(node.throughput)?.level),
      messagingLimit: readLimit(node.whatsapp_business_manager_messaging_limit),
      platform: lower(node.platform_type),
      accountMode: lower(node.account_mode),
      username: textOf(node.username),
      isOfficial: booleanOf(node.is_official_business_account),
      isOnBusinessApp: booleanOf(node.is_on_biz_app),
      canSend: lower(objectOf(node.health_status)?.can_send_message),
    }),
    raw: node,
  };
}

function readAccountNode(node: Json): AccountNode | undefined {
  const id = textOf(node.id);
  if (id === undefined) return undefined;
  return {
    id,
    ...present({
      name: textOf(node.name),
      timezoneId: textOf(node.timezone_id),
      currency: textOf(node.currency),
      country: textOf(node.country),
      reviewStatus: lower(node.account_review_status),
      businessVerification: lower(node.business_verification_status),
      messagingLimit: readLimit(node.whatsapp_business_manager_messaging_limit),
      isMarketingDisabled: booleanOf(node.disable_marketing_messages_on_cloud_api),
      canSend: lower(objectOf(node.health_status)?.can_send_message),
    }),
    raw: node,
  };
}

function readProfile(node: Json): BusinessProfile {
  return present({
    about: textOf(node.about),
    address: textOf(node.address),
    description: textOf(node.description),
    email: textOf(node.email),
    websites: listOf(node.websites)?.flatMap((website) => textOf(website) ?? []),
    vertical: textOf(node.vertical),
    pictureUrl: textOf(node.profile_picture_url),
  });
}

function lower(value: unknown): string | undefined {
  return textOf(value)?.toLowerCase();
}

/** The platform gives the hash now in hexadecimal, now in base64. */
function hasSha256(bytes: Uint8Array, expected: string): boolean {
  const digest = createHash("sha256").update(bytes).digest();
  return digest.toString("hex") === expected.toLowerCase() || digest.toString("base64") === expected;
}

/** A form with one file. The boundary is the hash of the file, which the file cannot contain by accident. */
function multipart(
  fields: Readonly<Record<string, string>>,
  file: MediaFile,
): { readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  const boundary = `loket-${createHash("sha256").update(file.bytes).digest("hex").slice(0, 40)}`;
  const quoted = (text: string) => text.replace(/[\r\n"]/g, "_");
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${quoted(file.filename ?? "file")}"\r\ncontent-type: ${quoted(file.mimeType)}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(parts.join("") + head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { body, headers: { "content-type": `multipart/form-data; boundary=${boundary}` } };
}
