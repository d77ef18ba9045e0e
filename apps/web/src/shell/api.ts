import type { Problem } from "@loket/contract";

/** The type a schema of the contract describes, without bringing the schema itself along. */
export type Of<Schema extends { _zod: { output: unknown } }> = Schema["_zod"]["output"];
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** The server answered, and the answer was no. `problem` says why, in words for people and a code for programs. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "Refused";
    this.problem = problem;
  }
}

/** No answer: offline, a broken line, or a proxy in between. Worth another try with the same ids. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("The server did not answer.", { cause });
    this.name = "Unreachable";
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export interface Api {
  readonly organisationId: string | null;
  get<Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer>;
  post<Answer>(path: string, body?: unknown): Promise<Answer>;
  put<Answer>(path: string, body?: unknown): Promise<Answer>;
  patch<Answer>(path: string, body?: unknown): Promise<Answer>;
  delete<Answer>(path: string): Promise<Answer>;
  upload<Answer>(path: string, file: Blob, filename: string, progress?: (fraction: number) => void): Promise<Answer>;
  /** An address for `<img>`, `<a>` and EventSource, which cannot carry a header. */
  link(path: string, query?: Query): string;
}

const base = "/api/v1/";

function problemOf(status: number, statusText: string, body: unknown): Problem {
  if (typeof body === "object" && body !== null && "code" in body && "title" in body) return body as Problem;
  return { type: "about:blank", title: statusText || `HTTP ${status}`, status, code: `http.${status}` };
}

/** 502, 503 and 504 come from whatever stands before the server: nobody has judged the request. */
function isUnreachable(status: number): boolean {
  return status === 502 || status === 503 || status === 504;
}

export function createApi(organisationId: string | null): Api {
  const headers: Record<string, string> = organisationId ? { "loket-organisation": organisationId } : {};

  async function call<Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
    let response: Response;
    try {
      response = await fetch(base + path, {
        method,
        credentials: "same-origin",
        headers: {
          ...headers,
          accept: "application/json",
          // Reasons and advice come in the language of the screen, whatever the browser prefers.
          "accept-language": document.documentElement.lang || "en",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ?? null,
      });
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new Unreachable(cause);
    }
    if (isUnreachable(response.status)) throw new Unreachable(response.status);
    const text = await response.text();
    let answer: unknown = null;
    try {
      answer = text ? JSON.parse(text) : null;
    } catch {
      if (response.ok) throw new Unreachable("The answer was not JSON.");
    }
    if (!response.ok) throw new Refused(problemOf(response.status, response.statusText, answer));
    return answer as Answer;
  }

  return {
    organisationId,
    get: (path, query, signal) => call("GET", withQuery(path, query), undefined, signal),
    post: (path, body = {}) => call("POST", path, body),
    put: (path, body = {}) => call("PUT", path, body),
    patch: (path, body = {}) => call("PATCH", path, body),
    delete: (path) => call("DELETE", path),
    link: (path, query = {}) => base + withQuery(path, { ...query, organisationId }),
    // XMLHttpRequest, because fetch does not tell how much of an upload has left.
    upload: <Answer>(path: string, file: Blob, filename: string, progress?: (fraction: number) => void) =>
      new Promise<Answer>((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("POST", base + path);
        request.responseType = "json";
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.upload.onprogress = (event) => {
          if (event.lengthComputable) progress?.(event.loaded / event.total);
        };
        request.onerror = () => reject(new Unreachable("upload"));
        request.ontimeout = () => reject(new Unreachable("upload"));
        request.onload = () => {
          if (request.status >= 200 && request.status < 300) resolve(request.response as Answer);
          else if (isUnreachable(request.status)) reject(new Unreachable(request.status));
          else reject(new Refused(problemOf(request.status, request.statusText, request.response)));
        };
        const form = new FormData();
        form.append("file", file, filename);
        request.send(form);
      }),
  };
}
