import { createServer } from "node:http";

/** The least an HTTP server can do with a send: read the body, answer as many bytes. The ceiling of this machine. */
const answer = JSON.stringify({
  messaging_product: "whatsapp",
  contacts: [{ input: "+31990000000", wa_id: "31990000000" }],
  messages: [{ id: `wamid.${"A".repeat(56)}`, message_status: "accepted" }],
});

const server = createServer((request, response) => {
  request.on("data", () => {});
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": answer.length }).end(answer);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`ready: http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`);
});
process.stdin.on("end", () => process.exit(0)).resume();
