import { get } from "node:http";

/** Asks a neighbour on this machine, which is why it needs no guard. `{}` where the answer is not JSON; rejects where nobody answers. */
export function getJson(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    get(url, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        text += chunk;
      });
      answer.on("end", () => {
        try {
          resolve(JSON.parse(text));
        } catch {
          resolve({});
        }
      });
    }).on("error", reject);
  });
}
