import type { DatabaseAddress } from "@loket/database";
import { createIds, systemClock, systemRandom } from "@loket/kit";
import { hash, verify } from "@node-rs/argon2";
import { betterAuth } from "better-auth";
import { twoFactor } from "better-auth/plugins";
import pg from "pg";

/**
 * Sign-in: persons, passwords, one-time codes and sessions, by a library whose work it is. Passwords are hashed with
 * argon2id at the parameters OWASP recommends (19 MiB, 2 passes, 1 lane).
 */
const argon2id = { algorithm: 2, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

export const clientAddressHeader = "x-loket-client-address";

export interface AuthOptions {
  readonly address: DatabaseAddress;
  readonly secret: string;
  readonly publicUrl: string;
}

export function createAuth({ address, secret, publicUrl }: AuthOptions) {
  const pool = new pg.Pool({
    ...address,
    options: "-c role=loket_app -c search_path=auth -c timezone=UTC",
    max: 5,
    application_name: "loket sign-in",
  });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {})); // a line that breaks in the middle of a question is told by the question
  const ids = createIds(systemClock, systemRandom);
  const isSecure = publicUrl.startsWith("https:");
  const auth = betterAuth({
    appName: "Loket",
    baseURL: publicUrl,
    basePath: "/api/auth",
    secret,
    database: pool,
    trustedOrigins: [publicUrl, publicUrl.replace("127.0.0.1", "localhost")],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true, // people are invited by an organisation
      minPasswordLength: 8,
      maxPasswordLength: 256,
      revokeSessionsOnPasswordReset: true,
      password: {
        hash: (password) => hash(password, argon2id),
        verify: ({ hash: known, password }) => verify(known, password),
      },
    },
    user: { additionalFields: { locale: { type: "string", required: false, input: true } } },
    session: { expiresIn: 7 * 24 * 60 * 60, updateAge: 60 * 60, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 200,
      customRules: { "/sign-in/email": { window: 60, max: 60 }, "/two-factor/*": { window: 60, max: 20 } },
    },
    advanced: {
      // Set by our own server from the connection, whatever the caller sent under this name.
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      useSecureCookies: isSecure,
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true, secure: isSecure },
      database: { generateId: () => ids.next() },
    },
    plugins: [twoFactor({ issuer: "Loket" })],
    telemetry: { enabled: false },
  });
  return {
    handler: auth.handler,
    async personOf(
      headers: Headers,
    ): Promise<{ id: string; name: string; email: string; locale: string | null; twoFactorEnabled: boolean } | null> {
      const session = await auth.api.getSession({ headers });
      if (!session) return null;
      const user = session.user as typeof session.user & { locale?: string | null; twoFactorEnabled?: boolean | null };
      return {
        id: user.id,
        name: user.name,
        email: user.email,
        locale: user.locale ?? null,
        twoFactorEnabled: user.twoFactorEnabled ?? false,
      };
    },
    async findPerson(email: string): Promise<string | null> {
      const known = await pool.query<{ id: string }>('select id from "user" where email = $1', [email.toLowerCase()]);
      return known.rows[0]?.id ?? null;
    },
    /** Creates a person with a password, or finds the one who has this address. */
    async ensurePerson(person: { name: string; email: string; password: string }): Promise<string> {
      const email = person.email.toLowerCase();
      const known = await this.findPerson(email);
      if (known) return known;
      const id = ids.next();
      const hashed = await hash(person.password, argon2id);
      const client = await pool.connect();
      try {
        await client.query("begin");
        await client.query(
          'insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt") values ($1, $2, $3, true, now(), now())',
          [id, person.name, email],
        );
        await client.query(
          `insert into account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt") values ($1, $2::text, 'credential', $2::uuid, $3, now(), now())`,
          [ids.next(), id, hashed],
        );
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw error;
      } finally {
        client.release();
      }
      return id;
    },
    close: () => pool.end(),
  };
}

export type Auth = ReturnType<typeof createAuth>;
