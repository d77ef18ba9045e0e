import type { HttpAnswer } from "../graph/request.ts";

export async function answerPage(path: string): Promise<HttpAnswer | null> {
  if (path !== "/") return null;
  return {
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: "<!doctype html><title>Sandbox</title>",
  };
}
