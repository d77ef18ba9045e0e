import { answerHandshake } from "@loket/channels/whatsapp";
import { parseId } from "@loket/kit";
import { type WebhookIdentity, webhookIdentity } from "@loket/organisations";
import type { FastifyInstance } from "fastify";
import { createIntake, takeWebhook } from "../intake.ts";
import type { Ports } from "../ports.ts";

/** The platform posts at most 3 MB ("Webhooks"); a little more is read so that a larger one is refused by us, not cut. */
const maxBodyBytes = 4 * 1024 * 1024;
const identityLifeMs = 30_000;

/**
 * The platform's door. Signature over the raw bytes, before anything reads them; the receipt committed; 200. Nothing
 * else happens here: the platform waits, and the work is done at our own pace.
 */
export async function registerWebhooks(
  server: FastifyInstance,
  ports: Ports,
): Promise<{ forget(senderId: string): void }> {
  const intake = createIntake(ports);
  const identities = new Map<string, { readonly identity: WebhookIdentity; readonly until: number }>();

  async function identityOf(senderId: string): Promise<WebhookIdentity | null> {
    const id = parseId<"sender">(senderId);
    if (!id) return null;
    const known = identities.get(id);
    if (known && known.until > ports.clock.monotonicMs()) return known.identity;
    const identity = await webhookIdentity(ports.worker, ports.vault, id);
    if (identity) identities.set(id, { identity, until: ports.clock.monotonicMs() + identityLifeMs });
    return identity;
  }

  await server.register(async (door) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: maxBodyBytes }, (_request, body, done) =>
      done(null, body),
    );
    const access = { public: "the platform calls it; every call is proven by its signature" };

    door.get<{ Params: { senderId: string } }>(
      "/webhooks/whatsapp/:senderId",
      { config: { access } },
      async (request, reply) => {
        const identity = await identityOf(request.params.senderId);
        if (!identity) return reply.code(404).send();
        const query = new URLSearchParams(request.url.slice(request.url.indexOf("?") + 1));
        const answer = answerHandshake(query, identity.verifyToken);
        return reply.code(answer.status).type("text/plain").send(answer.body);
      },
    );

    door.post<{ Params: { senderId: string } }>(
      "/webhooks/whatsapp/:senderId",
      { config: { access } },
      async (request, reply) => {
        const identity = await identityOf(request.params.senderId);
        if (!identity) return reply.code(404).send();
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const signature = request.headers["x-hub-signature-256"];
        const status = await takeWebhook(
          ports,
          intake,
          identity,
          {
            signature: typeof signature === "string" ? signature : undefined,
            userAgent: request.headers["user-agent"] ?? "",
          },
          body,
        );
        return status === 503 ? reply.code(503).header("retry-after", "5").send() : reply.code(status).send();
      },
    );
  });
  return { forget: (senderId) => void identities.delete(senderId) };
}
